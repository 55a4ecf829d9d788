import {elementCount, type Shape} from '../../graph/tensor.js';
import type {Adjoint, DenseAdjoint, SparseAdjoint} from './adjoint.js';
import {densify, seedSize} from './dense.js';
import {channelCount, hasChannels, positionCount} from './extent.js';
import {fromChannels, sumOverSpace} from './rows.js';

/** Adjacent axes that are all broadcast (stride 0), or all not. */
type Run = {size: number; stride: number};

const isSame = (a: Shape, b: Shape): boolean =>
	a.length === b.length && a.every((size, axis) => size === b[axis]);

const alignRight = (shape: Shape, rank: number): Shape => [
	...Array.from({length: rank - shape.length}, () => 1),
	...shape,
];

/**
Maps the flat index of a broadcast result, of shape `to`, to the element of `from` that it repeats.

@see https://onnx.ai/onnx/repo-docs/Broadcasting.html
*/
export const broadcastOffset = (
	from: Shape,
	to: Shape,
): ((offset: number) => number) => {
	if (elementCount(from) === 1) {
		return () => 0;
	}

	const runs = collapseAxes(alignRight(from, to.length), to);
	if (runs.length === 1) {
		return (offset) => offset;
	}

	return (offset) => {
		let rest = offset;
		let result = 0;
		for (const {size, stride} of runs) {
			const quotient = Math.trunc(rest / size);
			result += (rest - quotient * size) * stride;
			rest = quotient;
		}

		return result;
	};
};

/** Runs of axes, innermost first. */
const collapseAxes = (from: Shape, to: Shape): readonly Run[] => {
	const runs: Run[] = [];
	let stride = 1;
	for (let axis = to.length - 1; axis >= 0; axis--) {
		if (to[axis] === 1) {
			continue;
		}

		const isKept = from[axis] === to[axis];
		const last = runs.at(-1);
		if (last && last.stride > 0 === isKept) {
			last.size *= to[axis];
		} else {
			runs.push({size: to[axis], stride: isKept ? stride : 0});
		}

		stride *= from[axis];
	}

	return runs;
};

/** Whether a value, broadcast to `[1, channels, …space]`, is the same at every position. */
export const isConstantOverSpace = (from: Shape, to: Shape): boolean =>
	hasChannels(to) &&
	alignRight(from, to.length)
		.slice(2)
		.every((size) => size === 1);

/**
The adjoint of a broadcast input: sums over the repeated axes. Elementwise operators apply it to the adjoint of the broadcast input, and need to know nothing else of broadcasting.

@param shape The input's own shape.
*/
export const unbroadcast = (adjoint: Adjoint, shape: Shape): Adjoint => {
	if (isSame(adjoint.shape, shape)) {
		return adjoint;
	}

	const sparse =
		adjoint.kind === 'sparse' ? unbroadcastRows(adjoint, shape) : undefined;
	return sparse ?? unbroadcastDense(densify(adjoint), shape);
};

/** Sums over the whole space, over the channels, or over both; other broadcasts have no sparse form. */
const unbroadcastRows = (
	adjoint: SparseAdjoint,
	shape: Shape,
): SparseAdjoint | undefined => {
	if (!hasChannels(shape) || shape.length !== adjoint.shape.length) {
		return undefined;
	}

	const space = adjoint.shape.slice(2);
	const isOverSpace = positionCount(shape) === 1;
	if (!isOverSpace && !isSame(shape.slice(2), space)) {
		return undefined;
	}

	const kept = isOverSpace
		? fromChannels(
				adjoint.seeds,
				[1, channelCount(adjoint.shape), ...shape.slice(2)],
				sumOverSpace(adjoint),
			)
		: adjoint;
	return channelCount(shape) === channelCount(adjoint.shape)
		? kept
		: sumChannels(kept, shape);
};

const sumChannels = (adjoint: SparseAdjoint, shape: Shape): SparseAdjoint => {
	const channels = channelCount(adjoint.shape);
	const sum = (rows: Float32Array) =>
		Float32Array.from({length: rows.length / channels}, (_, row) => {
			let total = 0;
			for (let channel = 0; channel < channels; channel++) {
				total += rows[row * channels + channel];
			}

			return total;
		});
	return {
		...adjoint,
		shape,
		rows: sum(adjoint.rows),
		uniform: adjoint.uniform && sum(adjoint.uniform),
	};
};

const unbroadcastDense = (
	adjoint: DenseAdjoint,
	shape: Shape,
): DenseAdjoint => {
	const from = seedSize(adjoint);
	const to = elementCount(shape);
	const target = broadcastOffset(shape, adjoint.shape);
	// In double precision: one sum may run over a whole picture.
	const sums = new Float64Array(adjoint.seeds * to);
	for (let seed = 0; seed < adjoint.seeds; seed++) {
		for (let offset = 0; offset < from; offset++) {
			sums[seed * to + target(offset)] += adjoint.data[seed * from + offset];
		}
	}

	return {
		kind: 'dense',
		seeds: adjoint.seeds,
		shape,
		data: new Float32Array(sums),
	};
};
