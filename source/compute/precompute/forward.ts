import {findPath} from '../../autodiff/path.js';
import {planWalk} from '../../autodiff/walk.js';
import type {Graph} from '../../graph/graph.js';
import {newData, type Tensor} from '../../graph/tensor.js';
import type {Runtime, Session} from '../../runtimes/runtime.js';
import type {Question} from './question.js';

/** Forward values by name. */
export type Values = ReadonlyMap<string, Float32Array>;

/** The forward values that the walk from the seeds to the layer reads, and the layer. */
const neededValues = ({graph, seeds, layer}: Question): readonly string[] => [
	...new Set([...planWalk(graph, seeds.value, [layer.name]).needs, layer.name]),
];

/** The forward pass of a model; a network is loaded again only when the question or the size changes. */
export const createForward = (runtime: Runtime) => {
	let last:
		| {readonly key: string; readonly graph: Graph; readonly session: Session}
		| undefined;
	return async (
		question: Question,
		feeds: Values,
	): Promise<{readonly logits: Float32Array; readonly values: Values}> => {
		const {graph, logits} = question;
		const wanted = neededValues(question);
		const fetches = [...new Set([...wanted, logits.name])];
		const key = fetches.join('\n');
		if (last?.graph !== graph || last.key !== key) {
			await last?.session.dispose();
			last = {key, graph, session: await runtime.load(graph, fetches)};
		}

		const values = await last.session.run(feeds, fetches);
		return {
			logits: values.get(logits.name)!,
			values: new Map(wanted.map((name) => [name, values.get(name)!])),
		};
	};
};

/** A tensor may be a view of the whole model file, which would go to the workers with it. */
const ownCopy = (tensor: Tensor): Tensor => {
	const {buffer, byteOffset, byteLength, length} = tensor.data;
	const data = newData(tensor.type, length);
	new Uint8Array(data.buffer).set(
		new Uint8Array(buffer, byteOffset, byteLength),
	);
	return {...tensor, data};
};

/** The part of a network that walks pass, so that workers are not sent the rest. */
export const walkedPart = ({graph, seeds, layer}: Question): Graph => {
	const nodes = findPath(graph, seeds.value, [layer.name])
		.map(({view}) => view.node)
		.toReversed();
	const names = new Set([
		seeds.value,
		layer.name,
		...nodes.flatMap(({inputs, outputs}) => [...inputs, ...outputs]),
	]);
	return {
		...graph,
		inputs: [],
		outputs: [seeds.value],
		nodes,
		constants: new Map(
			[...graph.constants]
				.filter(([name]) => names.has(name))
				.map(([name, tensor]) => [name, ownCopy(tensor)]),
		),
		values: new Map([...graph.values].filter(([name]) => names.has(name))),
	};
};
