import {ModelError} from '../../../errors.js';
import type {Node} from '../../../graph/graph.js';
import {
	elementCount,
	numbersOf,
	tensorOf,
	type Shape,
} from '../../../graph/tensor.js';
import {
	numberAttribute,
	stringAttribute,
} from '../../../ops/node/attributes.js';
import {takenOffsets} from '../../../ops/families/movement/along-axis.js';
import {stridesOf} from '../../../ops/node/shapes.js';
import {sequence} from '../../sequence.js';
import {computePlaces} from './computed-places.js';
import {written, type Context, type Upgrade} from './upgrade.js';

/** For each update, the flat index that it goes to. */
type Places = (
	node: Node,
	shape: Shape,
	indices: {readonly shape: Shape; readonly numbers: readonly number[]},
) => readonly number[];

/** How an update combines with what is there, and its neutral element. */
const reductions: Readonly<
	Record<string, {readonly opType: string; readonly neutral: number}>
> = {
	add: {opType: 'Add', neutral: 0},
	mul: {opType: 'Mul', neutral: 1},
	max: {opType: 'Max', neutral: Number.NEGATIVE_INFINITY},
	min: {opType: 'Min', neutral: Number.POSITIVE_INFINITY},
};

/** The most elements gathered in all rounds together; more updates for few places make it a histogram. */
const mostPicked = 2 ** 26;

/** The updates of each place by round, at most one in each; undefined when none are left. */
const roundsOf = (places: readonly number[], count: number) => {
	const had = new Uint32Array(count);
	const rounds: Array<Map<number, number>> = [];
	for (const [at, place] of places.entries()) {
		rounds[had[place]] ??= new Map();
		rounds[had[place]].set(place, at);
		had[place] += 1;
	}

	return rounds;
};

/** Scatters to constant indices by gathering: each element comes from where it stood or from an update. Reductions gather in rounds, with at most one update for a place in each. */
const scatter =
	(placesOf: Places, compute: Upgrade): Upgrade =>
	(node, context: Context) => {
		const [x, indices, updates] = node.inputs;
		const known = context.draft.constant(indices);
		const reduction = stringAttribute(node, 'reduction', 'none');
		if (!known) {
			if (reduction === 'none') {
				return compute(node, context);
			}

			throw new ModelError(
				`Node ${node.name}: ${node.opType} with reduction "${reduction}" to where the network decides (${indices}) is not known; choose an output before it with --output, or replace it in the network`,
			);
		}

		const shape = context.draft.shapeOf(x);
		const type = context.draft.typeOf(x);
		const count = elementCount(shape);
		const every = Array.from({length: count}, (_, at) => at);
		const places = placesOf(node, shape, {
			shape: known.shape,
			numbers: numbersOf(known),
		});
		if (!places.every((place) => place >= 0 && place < count)) {
			throw new ModelError(
				`Node ${node.name}: ${node.opType} writes outside of the ${count} elements of ${x}; the file is damaged, get a fresh copy`,
			);
		}

		const to = sequence(node);
		const flat = (name: string) =>
			to.apply('Reshape', [name, to.integers([-1])]);
		const pick = (from: readonly string[], sources: readonly number[]) =>
			to.apply(
				'Gather',
				[to.apply('Concat', from, {axis: 0}), to.integers(sources)],
				{axis: 0},
			);
		const write = () => {
			const sources = [...every];
			for (const [at, place] of places.entries()) {
				sources[place] = count + at;
			}

			return pick([flat(x), flat(updates)], sources);
		};

		const reduce = (reduction: string) => {
			const {opType, neutral} = reductions[reduction] ?? {};
			const rounds = roundsOf(places, count);
			if (
				opType === undefined ||
				!['float32', 'int64'].includes(type) ||
				rounds.length * count > mostPicked
			) {
				throw new ModelError(
					`Node ${node.name}: ${node.opType} with reduction "${reduction}" of up to ${rounds.length} elements of type ${type} in one of ${count} places is not known; write it with torch.where`,
				);
			}

			const added = [flat(updates), to.constant(tensorOf(type, [neutral]))];
			let reduced = flat(x);
			for (const round of rounds) {
				const sources = every.map((place) => round.get(place) ?? places.length);
				reduced = to.apply(opType, [reduced, pick(added, sources)]);
			}

			return reduced;
		};

		to.apply(
			'Reshape',
			[
				reduction === 'none' ? write() : reduce(reduction),
				to.constant(tensorOf('int64', shape)),
			],
			{},
			to.result,
		);
		return written(to, context);
	};

/** To computed places, slices go element by element. */
const scatterRows: Upgrade = (node, context) => {
	const to = sequence(node);
	const [x, indices, updates] = node.inputs;
	const shape = context.draft.shapeOf(x);
	const rows = context.draft.shapeOf(indices);
	const depth = rows.at(-1)!;
	const inner = elementCount(shape.slice(depth));
	const flat = (name: string) => to.apply('Reshape', [name, to.integers([-1])]);
	const row = computePlaces(to, indices, shape.slice(0, depth));
	const start = to.apply('Mul', [row, to.integers([inner])]);
	const places = to.apply('Add', [
		to.apply('Reshape', [start, to.integers([-1, 1])]),
		to.integers(Array.from({length: inner}, (_, at) => at)),
	]);
	const scattered = to.apply(
		'ScatterElements',
		[flat(x), flat(places), flat(updates)],
		{axis: 0},
	);
	to.apply('Reshape', [scattered, to.integers(shape)], {}, to.result);
	return written(to, context);
};

/** Before opset 11 the operator was called Scatter. */
const scatterAsIs: Upgrade = (node) => [{...node, opType: 'ScatterElements'}];

/** Writes slices of a value, as an assignment to `x[:, 1:3]` does. @see https://onnx.ai/onnx/operators/onnx__ScatterND.html */
export const scatterNd = scatter((_, shape, {shape: rows, numbers}) => {
	const depth = rows.at(-1)!;
	const strides = stridesOf(shape);
	const inner = elementCount(shape.slice(depth));
	return Array.from({length: (numbers.length / depth) * inner}, (_, at) => {
		const row = Math.trunc(at / inner) * depth;
		let place = at % inner;
		for (let axis = 0; axis < depth; axis++) {
			const index = numbers[row + axis];
			place += (index < 0 ? index + shape[axis] : index) * strides[axis];
		}

		return place;
	});
}, scatterRows);

/** Writes single elements along an axis. @see https://onnx.ai/onnx/operators/onnx__ScatterElements.html */
export const scatterElements = scatter((node, shape, indices) => {
	const axis = numberAttribute(node, 'axis', 0);
	return [
		...takenOffsets(
			{
				shape,
				axis: axis < 0 ? axis + shape.length : axis,
				taken: indices.shape,
			},
			indices.numbers,
		),
	];
}, scatterAsIs);
