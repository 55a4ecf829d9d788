import type {Graph} from '../graph/graph.js';
import {numbersOf, type Tensor, tensorOf} from '../graph/tensor.js';
import {findPath} from './path.js';

/** Copies numbers into shared memory, so that they exist once however many workers there are. */
export const share = (data: Float32Array): Float32Array => {
	const shared = new Float32Array(new SharedArrayBuffer(data.byteLength));
	shared.set(data);
	return shared;
};

/**
The part of a network that walks from a value to some layers visit, ready to be sent to workers: weights are in shared memory, and everything off the path is left out.

@throws {ModelError} If no derivative reaches a layer.
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

/** Shares weights. Other data is copied, because it may be a view of the whole model file. */
const shareTensor = (tensor: Tensor): Tensor =>
	tensor.data instanceof Float32Array
		? {...tensor, data: share(tensor.data)}
		: tensorOf(tensor.type, numbersOf(tensor), tensor.shape);
