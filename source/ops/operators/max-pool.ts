import {elementCount, tensorOf} from '../../graph/tensor.js';
import type {DenseAdjoint, SparseAdjoint} from '../adjoint/adjoint.js';
import {onesOf} from '../adjoint/dense.js';
import {positionCount} from '../adjoint/extent.js';
import type {ReverseContext} from '../rules/adjoint.js';
import type {Operator} from '../operator.js';
import {lowerMaxima} from '../families/window/lower-maxima.js';
import {lowerPool} from '../families/window/lower-pool.js';
import {passPool} from '../families/window/pass-pool.js';
import {
	pooledShape,
	readPool,
	readPositions,
} from '../families/window/read-pool.js';
import {shapeOf} from '../node/shapes.js';
import {type WindowAxis, windowAttributes} from '../families/window/window.js';

/** The tap with the maximum of one plane; the first of several, as in onnxruntime and PyTorch. */
const findMaximum = (
	values: Float32Array,
	plane: number,
	positions: Int32Array,
	{first, taps}: {readonly first: number; readonly taps: number},
): number => {
	let best = -1;
	let maximum = Number.NEGATIVE_INFINITY;
	for (let tap = 0; tap < taps; tap++) {
		const position = positions[first + tap];
		if (position >= 0 && (best < 0 || values[plane + position] > maximum)) {
			maximum = values[plane + position];
			best = tap;
		}
	}

	return best;
};

const dense = (
	context: ReverseContext,
	[adjoint]: ReadonlyArray<DenseAdjoint | undefined>,
) => {
	const shape = shapeOf(context, 0);
	const window = readPool(context);
	const positions = readPositions(context);
	const values = context.input(0);
	const {seeds, data: passed} = adjoint!;
	const inner = elementCount(shape.slice(2));
	const outer = elementCount(window.map((axis) => axis.outer));
	const taps = positions.length / outer;
	const planes = shape[0] * shape[1];
	const data = new Float32Array(seeds * planes * inner);
	for (let plane = 0; plane < planes; plane++) {
		for (let at = 0; at < outer; at++) {
			const first = at * taps;
			const tap = findMaximum(values, plane * inner, positions, {first, taps});
			const position = positions[first + tap];
			for (let seed = 0; seed < seeds; seed++) {
				const index = seed * planes + plane;
				data[index * inner + position] += passed[index * outer + at];
			}
		}
	}

	return [{kind: 'dense', seeds, shape, data} as const];
};

const sparse = (
	context: ReverseContext,
	[adjoint]: ReadonlyArray<SparseAdjoint | undefined>,
) => {
	const values = context.input(0);
	const positions = readPositions(context);
	const inner = positionCount(shapeOf(context, 0));
	return passPool(context, adjoint!, ({row, place, into}) => {
		const taps = into.length / row.length;
		const first = place * taps;
		for (const [channel, value] of row.entries()) {
			const tap = findMaximum(values, channel * inner, positions, {
				first,
				taps,
			});
			into[tap * row.length + channel] = value;
		}
	});
};

/** Whether windows lie side by side, without padding. */
const isTile = (axis: WindowAxis): boolean =>
	axis.stride === axis.kernel &&
	axis.dilation === 1 &&
	axis.begin === 0 &&
	axis.outer * axis.kernel <= axis.inner;

/** The largest element within a window; the derivative goes to it. @see https://onnx.ai/onnx/operators/onnx__MaxPool.html */
export const MaxPool: Operator = {
	infer: (view) =>
		[
			{type: 'float32' as const, shape: pooledShape(view)},
			{type: 'int64' as const, shape: pooledShape(view)},
		].slice(0, view.node.outputs.length),
	adjoint: {needs: () => ({inputs: [0]}), dense, sparse},
	/** If windows lie side by side, each element is in just one, so a maximum is the mean over the window with all else masked, times the number of elements. */
	tangent(context) {
		const {node, changes, made, add, write} = context;
		const window = readPool(context);
		if (!window.every((axis) => isTile(axis)) || node.outputs.length > 1) {
			return undefined;
		}

		const mask = made(shapeOf(context, 0), (forward) => {
			const [{data}] = dense(forward, [onesOf(forward.outputs[0].shape)]);
			return data;
		});
		const [kept] = write({opType: 'Mul', inputs: [changes[0]!, mask]});
		const {kernel_shape, strides} = windowAttributes(window);
		const [mean] = write({
			opType: 'AveragePool',
			inputs: [kept],
			attributes: {kernel_shape, strides},
		});
		const count = tensorOf('float32', [elementCount(kernel_shape)], []);
		return write({opType: 'Mul', inputs: [mean, add(count)]});
	},
	lower: {
		apply: (engine, view, [x]) =>
			view.node.outputs.length > 1
				? lowerMaxima(engine, view, x!)
				: lowerPool(engine, x!, readPool(view), {
						padding: Number.NEGATIVE_INFINITY,
						pool: (padded, kernel, strides) =>
							engine.maxPool(padded, kernel, strides, 'valid'),
						join: (a, b) => engine.maximum(a, b),
					}),
	},
};
