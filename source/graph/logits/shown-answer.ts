import type {Graph, Node} from '../graph.js';
import type {Behind} from './behind-output.js';

const answering = new Set(['ArgMax', 'LogSoftmax', 'Sigmoid', 'Softmax']);

/** Operators that may follow an answer without logits: they enlarge likelihoods, write them as 0 to 255, or colour classes. */
const showing = new Set([
	'Cast',
	'Ceil',
	'Clip',
	'Div',
	'Exp',
	'Floor',
	'Gather',
	'Identity',
	'Mul',
	'Reshape',
	'Resize',
	'Round',
	'Squeeze',
	'Transpose',
	'Unsqueeze',
]);

/** The likelihoods or classes that a value merely presents differently, and the nodes that do so. */
export const shownAnswer = (
	shown: string,
	producers: ReadonlyMap<string, Node>,
	constants: Graph['constants'],
): Behind | undefined => {
	const nodes: Node[] = [];
	let name = shown;
	for (;;) {
		const node = producers.get(name);
		if (node && answering.has(node.opType)) {
			return nodes.length > 0 ? {name, axis: undefined, nodes} : undefined;
		}

		const inputs = (node?.inputs ?? []).filter(
			(input) => input !== '' && !constants.has(input),
		);
		if (!node || !showing.has(node.opType) || inputs.length !== 1) {
			return undefined;
		}

		nodes.push(node);
		[name] = inputs;
	}
};
