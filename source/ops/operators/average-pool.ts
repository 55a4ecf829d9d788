import type * as tf from '@tensorflow/tfjs-core';
import {elementCount} from '../../graph/tensor.js';
import type {DenseAdjoint, SparseAdjoint} from '../adjoint/adjoint.js';
import {numberAttribute} from '../node/attributes.js';
import {separable} from '../rules/cotangent.js';
import {loweredList} from '../rules/layout.js';
import type {Operator} from '../operator.js';
import type {NodeView} from '../node/view.js';
import {lowerPool} from '../families/window/lower-pool.js';
import {passPool} from '../families/window/pass-pool.js';
import {
	pooledShape,
	readPool,
	readPositions,
} from '../families/window/read-pool.js';
import {shapeOf} from '../node/shapes.js';
import {outerShape, type WindowAxis} from '../families/window/window.js';
import {linear} from '../rules/tangent.js';

/** How many elements count along one axis, by position: those inside, with `count_include_pad` also those in the padding, but never those beyond it that ceil_mode adds. */
const countAlong = (axis: WindowAxis, countsPadding: boolean): number[] =>
	Array.from({length: axis.outer}, (_, place) => {
		let count = 0;
		for (let tap = 0; tap < axis.kernel; tap++) {
			const at = place * axis.stride + tap * axis.dilation - axis.begin;
			const isInside = at >= 0 && at < axis.inner;
			if (isInside || (countsPadding && at < axis.inner + axis.end)) {
				count++;
			}
		}

		return count;
	});

const readsPadding = ({node}: NodeView): boolean =>
	numberAttribute(node, 'count_include_pad', 0) === 1;

/** `[inner, outer]` the weight of each element along one axis in each mean. */
const shareMatrix = (
	axis: WindowAxis,
	countsPadding: boolean,
): Float32Array => {
	const {inner, outer, kernel, stride, dilation, begin} = axis;
	const matrix = new Float32Array(inner * outer);
	for (const [place, count] of countAlong(axis, countsPadding).entries()) {
		for (let tap = 0; tap < kernel; tap++) {
			const at = place * stride + tap * dilation - begin;
			if (at >= 0 && at < inner) {
				matrix[at * outer + place] = 1 / count;
			}
		}
	}

	return matrix;
};

/** The divisor of each output position, `[outer]`. */
const readDivisors = (view: NodeView): Float32Array => {
	const countsPadding = readsPadding(view);
	let divisors = [1];
	for (const axis of readPool(view)) {
		const counts = countAlong(axis, countsPadding);
		divisors = divisors.flatMap((divisor) =>
			counts.map((count) => divisor * count),
		);
	}

	return Float32Array.from(divisors);
};

const dense = (
	view: NodeView,
	[adjoint]: ReadonlyArray<DenseAdjoint | undefined>,
) => {
	const shape = shapeOf(view, 0);
	const positions = readPositions(view);
	const divisors = readDivisors(view);
	const inner = elementCount(shape.slice(2));
	const outer = divisors.length;
	const taps = positions.length / outer;
	const {seeds, data: passed} = adjoint!;
	const planes = passed.length / outer;
	const data = new Float32Array(planes * inner);
	for (const [index, value] of passed.entries()) {
		const at = index % outer;
		const plane = (index - at) / outer;
		for (let tap = 0; tap < taps; tap++) {
			const position = positions[at * taps + tap];
			if (position >= 0) {
				data[plane * inner + position] += value / divisors[at];
			}
		}
	}

	return [{kind: 'dense', seeds, shape, data} as const];
};

const sparse = (
	view: NodeView,
	[adjoint]: ReadonlyArray<SparseAdjoint | undefined>,
) => {
	const divisors = readDivisors(view);
	return passPool(view, adjoint!, ({row, place, into}) => {
		const share = row.map((value) => value / divisors[place]);
		for (let at = 0; at < into.length; at += share.length) {
			into.set(share, at);
		}
	});
};

/** The divisors as a tensor: TensorFlow.js itself divides by the whole window. */
const divisorTensor = (engine: typeof tf, view: NodeView): tf.Tensor => {
	const shape = [1, 1, ...outerShape(readPool(view))];
	return engine.tensor(readDivisors(view), loweredList(shape));
};

/** The mean within a window. @see https://onnx.ai/onnx/operators/onnx__AveragePool.html */
export const AveragePool: Operator = {
	infer: (view) => [{type: 'float32', shape: pooledShape(view)}],
	adjoint: {dense, sparse},
	tangent: linear,
	cotangent: separable((view) => {
		const countsPadding = readsPadding(view);
		return [
			undefined,
			undefined,
			...readPool(view).map((axis) => shareMatrix(axis, countsPadding)),
		];
	}),
	lower: {
		apply(engine, view, [x]) {
			const window = readPool(view);
			const size = elementCount(window.map(({kernel}) => kernel));
			const sums = lowerPool(engine, x!, window, {
				padding: 0,
				pool: (padded, kernel, strides) =>
					engine.mul(engine.avgPool(padded, kernel, strides, 'valid'), size),
				join: (a, b) => engine.add(a, b),
			});
			return engine.div(sums, divisorTensor(engine, view));
		},
	},
};
