import type {Graph} from '../graph/graph.js';
import {numbersOf, type Tensor, tensorOf} from '../graph/tensor.js';
import {findPath} from './path.js';

/** Puts numbers where all threads can read them, so that they are there once however many workers there are. */
export const share = (data: Float32Array): Float32Array => {
	const shared = new Float32Array(new SharedArrayBuffer(data.byteLength));
	shared.set(data);
	return shared;
};

/**
The part of a network that walks from a value to some layers pass, to be sent to workers: weights are in shared memory, and whatever is not on the way is left out.

@throws {ModelError} where no derivative reaches a layer.
*/
export const walkedPart = (
	graph: Graph,
	from: string,
	layers: readonly string[],
): Graph => {
	const nodes = findPath(graph, from, layers)
		.map(({view}) => view.node)
		.toReversed();
	const names = new Set([
		from,
		...layers,
		...nodes.flatMap(({inputs, outputs}) => [...inputs, ...outputs]),
	]);
	const keep = <Entry>(entries: ReadonlyMap<string, Entry>) =>
		[...entries].filter(([name]) => names.has(name));
	return {
		...graph,
		inputs: [],
		outputs: [from],
		nodes,
		constants: new Map(
			keep(graph.constants).map(([name, tensor]) => [
				name,
				shareTensor(tensor),
			]),
		),
		values: new Map(keep(graph.values)),
	};
};

/** Weights are shared; the little that is left must not take along the whole file that it may be a view of. */
const shareTensor = (tensor: Tensor): Tensor =>
	tensor.data instanceof Float32Array
		? {...tensor, data: share(tensor.data)}
		: tensorOf(tensor.type, numbersOf(tensor), tensor.shape);
