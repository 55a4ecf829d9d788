import type * as tf from '@tensorflow/tfjs-core';
import {ModelError} from '../../errors.js';
import {
	elementCount,
	numbersOf,
	type Shape,
	tensorOf,
} from '../../graph/tensor.js';
import type {DenseAdjoint, SparseAdjoint} from '../adjoint/adjoint.js';
import {embedChannels, moveRows, sliceChannels} from '../adjoint/rows.js';
import {numberAttribute, stringAttribute} from '../node/attributes.js';
import {separable} from '../rules/cotangent.js';
import {loweredAxis} from '../rules/layout.js';
import type {Operator} from '../operator.js';
import type {NodeView} from '../node/view.js';
import {axisOf, constantNumbers, shapeOf, stridesOf} from '../node/shapes.js';
import {multilinear} from '../rules/tangent.js';

type AxisPad = {readonly begin: number; readonly end: number};

/** The padding of every axis; negative where elements are cut off. */
const readPads = (view: NodeView): readonly AxisPad[] => {
	const {length: rank} = shapeOf(view, 0);
	const list = constantNumbers(view, 1) ?? [];
	const axes =
		constantNumbers(view, 3)?.map((axis) => axisOf(view, axis, rank)) ??
		Array.from({length: rank}, (_, axis) => axis);
	const pads = Array.from({length: rank}, () => ({begin: 0, end: 0}));
	for (const [index, axis] of axes.entries()) {
		pads[axis] = {begin: list[index], end: list[axes.length + index]};
	}

	return pads;
};

/** The input coordinate behind an output coordinate, by mode; −1 for the constant. */
const sources: Readonly<Record<string, (at: number, size: number) => number>> =
	{
		constant: (at, size) => (at >= 0 && at < size ? at : -1),
		edge: (at, size) => Math.min(Math.max(at, 0), size - 1),
		reflect(at, size) {
			const period = Math.max(2 * (size - 1), 1);
			const folded = ((at % period) + period) % period;
			return Math.min(folded, period - folded);
		},
		wrap: (at, size) => ((at % size) + size) % size,
	};

const modeOf = ({node}: NodeView): string => {
	const mode = stringAttribute(node, 'mode', 'constant');
	if (!Object.hasOwn(sources, mode)) {
		throw new ModelError(
			`Node ${node.name}: pad mode ${mode} is not known; use one of ${Object.keys(sources).join(', ')}`,
		);
	}

	return mode;
};

const paddedShape = (view: NodeView): Shape => {
	const pads = readPads(view);
	return shapeOf(view, 0).map(
		(size, axis) => size + pads[axis].begin + pads[axis].end,
	);
};

/** By axis, the input coordinate of each output coordinate, or −1. */
const readSources = (view: NodeView): readonly Int32Array[] => {
	const source = sources[modeOf(view)];
	const pads = readPads(view);
	const padded = paddedShape(view);
	return shapeOf(view, 0).map((size, axis) =>
		Int32Array.from({length: padded[axis]}, (_, at) =>
			source(at - pads[axis].begin, size),
		),
	);
};

/** For a flat index into the output, the flat index into the input, or −1. */
const sourceIndex = (
	lists: readonly Int32Array[],
	shape: Shape,
): ((index: number) => number) => {
	const strides = stridesOf(shape);
	return (index) => {
		let rest = index;
		let source = 0;
		for (let axis = lists.length - 1; axis >= 0; axis--) {
			const list = lists[axis];
			const at = list[rest % list.length];
			rest = Math.trunc(rest / list.length);
			source = at < 0 || source < 0 ? -1 : source + at * strides[axis];
		}

		return source;
	};
};

const dense = (
	view: NodeView,
	[adjoint]: ReadonlyArray<DenseAdjoint | undefined>,
) => {
	const shape = shapeOf(view, 0);
	const sourceOf = sourceIndex(readSources(view), shape);
	const size = elementCount(shape);
	const {seeds, data: passed, shape: padded} = adjoint!;
	const length = elementCount(padded);
	const data = new Float32Array(seeds * size);
	for (let index = 0; index < length; index++) {
		const source = sourceOf(index);
		if (source < 0) {
			continue;
		}

		for (let seed = 0; seed < seeds; seed++) {
			data[seed * size + source] += passed[seed * length + index];
		}
	}

	return [{kind: 'dense', seeds, shape, data} as const];
};

const sparse = (
	view: NodeView,
	[adjoint]: ReadonlyArray<SparseAdjoint | undefined>,
) => {
	const shape = shapeOf(view, 0);
	const pads = readPads(view);
	const [batch, channels, ...space] = pads;
	const isConstant = modeOf(view) === 'constant';
	const isCut = space.some(({begin, end}) => begin < 0 || end < 0);
	const movesChannels = channels.begin !== 0 || channels.end !== 0;
	if (
		batch.begin !== 0 ||
		batch.end !== 0 ||
		(movesChannels && !isConstant) ||
		// What repeats an element sums up, and what is cut off is zero: not uniform any more.
		(adjoint!.uniform && (!isConstant || isCut))
	) {
		return undefined;
	}

	const sourceOf = sourceIndex(readSources(view).slice(2), shape.slice(2));
	const width = shape.slice(2);
	const moved = {
		...moveRows(adjoint!, [1, adjoint!.shape[1], ...width], (position) =>
			sourceOf(position),
		),
		...(adjoint!.uniform && {uniform: adjoint!.uniform}),
	};
	if (!movesChannels) {
		return [moved];
	}

	// A channel may be cut off at one end and added at the other.
	const first = Math.max(channels.begin, 0);
	const last = adjoint!.shape[1] - Math.max(channels.end, 0);
	const kept = sliceChannels(moved, [1, last - first, ...width], first);
	return [embedChannels(kept, shape, Math.max(-channels.begin, 0))];
};

const padValue = (view: NodeView): number =>
	constantNumbers(view, 2)?.[0] ?? numberAttribute(view.node, 'value', 0);

/** Pads an axis in TensorFlow.js by reordering: it has no edge or wrap mode, and cannot reflect further than the size. */
const gatherAxes = (engine: typeof tf, view: NodeView, x: tf.Tensor) => {
	let result = x;
	for (const [axis, list] of readSources(view).entries()) {
		result = engine.gather(
			result,
			engine.tensor1d(list, 'int32'),
			loweredAxis(axis, x.rank),
		);
	}

	return result;
};

const padConstant = (engine: typeof tf, view: NodeView, x: tf.Tensor) => {
	const pairs = x.shape.map((): [number, number] => [0, 0]);
	const begin = x.shape.map(() => 0);
	const size = [...x.shape];
	for (const [axis, pad] of readPads(view).entries()) {
		const at = loweredAxis(axis, x.rank);
		pairs[at] = [Math.max(pad.begin, 0), Math.max(pad.end, 0)];
		begin[at] = Math.max(-pad.begin, 0);
		size[at] = x.shape[at] + Math.min(pad.begin, 0) + Math.min(pad.end, 0);
	}

	return engine.pad(engine.slice(x, begin, size), pairs, padValue(view));
};

/** Adds elements around a value, or cuts them off. @see https://onnx.ai/onnx/operators/onnx__Pad.html */
export const Pad: Operator = {
	infer: (view) => [{type: view.inputs[0]!.type, shape: paddedShape(view)}],
	evaluate(view, [x]) {
		const shape = paddedShape(view);
		const sourceOf = sourceIndex(readSources(view), x!.shape);
		const numbers = numbersOf(x!);
		const value = padValue(view);
		const padded = Array.from({length: elementCount(shape)}, (_, index) => {
			const source = sourceOf(index);
			return source < 0 ? value : numbers[source];
		});
		return [tensorOf(x!.type, padded, shape)];
	},
	adjoint: {dense, sparse},
	tangent: multilinear([0, 2]),
	cotangent: separable((view) => {
		const shape = shapeOf(view, 0);
		return readSources(view).map((sources, axis) => {
			const matrix = new Float32Array(shape[axis] * sources.length);
			for (const [to, from] of sources.entries()) {
				if (from >= 0) {
					matrix[from * sources.length + to] = 1;
				}
			}

			return sources.every((from, to) => from === to) &&
				sources.length === shape[axis]
				? undefined
				: matrix;
		});
	}),
	lower: {
		apply: (engine, view, [x]) =>
			modeOf(view) === 'constant'
				? padConstant(engine, view, x!)
				: gatherAxes(engine, view, x!),
	},
};
