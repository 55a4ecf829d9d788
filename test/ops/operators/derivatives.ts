import {elementCount, type Shape} from '../../../source/graph/tensor.js';
import type {
	Adjoint,
	DenseAdjoint,
	SparseAdjoint,
} from '../../../source/ops/adjoint/adjoint.js';
import {densify} from '../../../source/ops/adjoint/dense.js';
import {
	channelCount,
	positionCount,
} from '../../../source/ops/adjoint/extent.js';
import type {ReverseContext} from '../../../source/ops/rules/adjoint.js';
import {createKernels} from '../../../source/runtimes/kernels.js';
import type {Runtime, Session} from '../../../source/runtimes/runtime.js';
import {randomNumbers} from '../../graph/build.js';
import {floatsOf, margin, type Network} from './operator-case.js';

type Values = ReadonlyMap<string, Float32Array>;

/** What a rule may know of the node, after a run of its network. */
export const contextOf = (
	{graph, view, free, tensors}: Network,
	values: Values,
	runtime: Runtime,
): ReverseContext => ({
	...view,
	input: (index) => floatsOf(tensors[index]!),
	output: (index) => values.get(graph.outputs[index])!,
	wanted: (index) => free.includes(index),
	kernels: createKernels(runtime),
	allocate: (size) => new Float32Array(size),
});

/** Random adjoints of all outputs, for two seeds. */
export const randomAdjoints = (
	{view}: Network,
	seed: number,
): readonly DenseAdjoint[] =>
	view.outputs.map(({shape}, index) => {
		const next = randomNumbers(seed + index);
		return {
			kind: 'dense',
			seeds: 2,
			shape,
			data: Float32Array.from({length: 2 * elementCount(shape)}, next),
		};
	});

/** A random sparse adjoint: a few positions for each of two seeds, now and then with a uniform term. */
export const randomSparse = (shape: Shape, seed: number): SparseAdjoint => {
	const next = randomNumbers(seed);
	const channels = channelCount(shape);
	const space = positionCount(shape);
	const places = Array.from({length: 2 * space}, (_, index) => ({
		owner: Math.trunc(index / space),
		position: index % space,
	})).filter(() => next() > 0.2);
	return {
		kind: 'sparse',
		seeds: 2,
		shape,
		owners: Int32Array.from(places, ({owner}) => owner),
		positions: Int32Array.from(places, ({position}) => position),
		rows: Float32Array.from({length: places.length * channels}, next),
		...(seed % 3 === 0 && {
			uniform: Float32Array.from({length: 2 * channels}, next),
		}),
	};
};

/** `[seeds]`: Σ over all outputs of adjoint · value. */
export const contract = (
	adjoints: readonly DenseAdjoint[],
	values: Values,
	names: readonly string[],
): readonly number[] => {
	const sums = [0, 0];
	for (const [index, {data}] of adjoints.entries()) {
		const value = values.get(names[index])!;
		for (const [at, factor] of data.entries()) {
			sums[Math.trunc(at / value.length)] += factor * value[at % value.length];
		}
	}

	return sums;
};

/** `[seeds]`: the derivative of Σ adjoint · output along a direction of one input, by central differences of fourth order. */
export const differentiate = async (
	{graph, feeds}: Network,
	session: Session,
	adjoints: readonly DenseAdjoint[],
	{name, direction}: {readonly name: string; readonly direction: Float32Array},
): Promise<readonly number[]> => {
	const step = margin / 4;
	const at = async (multiple: number) => {
		const moved = feeds
			.get(name)!
			.map((value, index) => value + multiple * step * direction[index]);
		const values = await session.run(
			new Map([...feeds, [name, moved]]),
			graph.outputs,
		);
		return contract(adjoints, values, graph.outputs);
	};

	const [far, near, nearer, farther] = [
		await at(-2),
		await at(-1),
		await at(1),
		await at(2),
	];
	return far.map(
		(value, seed) =>
			(value - 8 * near[seed] + 8 * nearer[seed] - farther[seed]) / (12 * step),
	);
};

/** `[seeds]`: the same derivative, from the adjoint of that input. */
export const project = (
	adjoint: Adjoint,
	direction: Float32Array,
): readonly number[] => {
	const sums = [0, 0];
	for (const [index, value] of densify(adjoint).data.entries()) {
		sums[Math.trunc(index / direction.length)] +=
			value * direction[index % direction.length];
	}

	return sums;
};
