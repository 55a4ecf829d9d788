import type {Graph, Node} from '../graph.js';
import {producersOf} from '../sort-nodes.js';
import {tokenPicture} from './picture-tokens.js';

/** Operators that determine which axis holds channels: their pictures are `[N, C, height, width]`. */
const channelsFirst = new Set([
	'AveragePool',
	'BatchNormalization',
	'Conv',
	'ConvTranspose',
	'DepthToSpace',
	'GlobalAveragePool',
	'GlobalMaxPool',
	'GridSample',
	'GroupNormalization',
	'InstanceNormalization',
	'MaxPool',
	'SpaceToDepth',
]);

/** Operators that may change the meaning of axes. All others leave axes in place. */
const movesAxes = new Set([
	'Gather',
	'GatherElements',
	'MatMul',
	'Reshape',
	'Squeeze',
	'Transpose',
	'Unsqueeze',
]);

/** Permutations between the two layouts. */
const toLast = '[0,2,3,1]';
const toFirst = '[0,3,1,2]';

/** Where the channels of a rank-4 value lie; 'unknown' where nothing tells whether it is a picture at all. */
type Layout = 'first' | 'last' | 'unknown';

/** Operators that rearrange numbers, so that only their readers tell whether the result is a picture. */
const arranges = new Set([
	'Gather',
	'GatherElements',
	'Reshape',
	'Squeeze',
	'Unsqueeze',
]);

/** Operators that repeat along an axis of size 1. */
const repeats = new Set(['Expand', 'Tile']);

/** Finds pictures upsampled as TensorFlow does it: each row, column or channel is repeated along an axis of its own, which a Reshape merges. */
const repetitions = ({nodes, values}: Graph) => {
	const producers = producersOf(nodes);
	return ({opType, inputs: [input]}: Node): string | undefined => {
		const repeating = producers.get(input);
		if (opType !== 'Reshape' || !repeating || !repeats.has(repeating.opType)) {
			return undefined;
		}

		const parting = producers.get(repeating.inputs[0]);
		const isParting =
			parting?.opType === 'Unsqueeze' || parting?.opType === 'Reshape';
		const source = isParting ? parting.inputs[0] : '';
		return values.get(source)?.shape.length === 4 &&
			values.get(input)?.shape.length === 5
			? source
			: undefined;
	};
};

/** Finds pictures that a network makes of turned tokens: the last axis of `[1, C, tokens]` becomes height and width. Nothing but their reader may tell, and it may turn them back. */
const unfoldings = ({nodes, values}: Graph) => {
	const producers = producersOf(nodes);
	return ({opType, inputs: [input], outputs: [output]}: Node): boolean => {
		const tokens = values.get(input)?.shape;
		const turning = producers.get(input);
		return (
			opType === 'Reshape' &&
			tokens?.length === 3 &&
			turning?.opType === 'Transpose' &&
			JSON.stringify(turning.attributes.perm) === '[0,2,1]' &&
			String(values.get(output)!.shape.slice(0, 2)) ===
				String(tokens.slice(0, 2))
		);
	};
};

/**
The layouts of rank-4 values, by name, as far as they can be told: pictures `[1, C, height, width]`, or `[1, height, width, C]`, as in networks from TensorFlow or on tokens.

Convolutions, poolings, tokens that a network lays out and the logits have their channels first, layer normalisations last. From there layouts spread forwards and backwards, through operators that leave axes in place, through transpositions, and through upsampling by repetition. A rearranged value that none of them reaches, such as the heads of an attention, is `unknown`, and so is whatever is computed from it.
*/
export const layoutsOf = (
	graph: Graph,
	logits?: string,
): ReadonlyMap<string, Layout> => {
	const {nodes, constants, values} = graph;
	const repeatedBy = repetitions(graph);
	const unfolds = unfoldings(graph);
	const layouts = new Map<string, Layout>();
	const pictures = ({inputs, outputs}: Node) =>
		[...inputs, ...outputs].filter(
			(name) => values.get(name)?.shape.length === 4 && !constants.has(name),
		);
	const note = (names: readonly string[], layout: Layout | undefined) => {
		for (const name of layout ? names : []) {
			if (!layouts.has(name)) {
				layouts.set(name, layout!);
			}
		}
	};

	const noteAlike = (names: readonly string[]) => {
		const known = names.find((name) => layouts.has(name));
		note(names, known === undefined ? undefined : layouts.get(known));
	};

	const follow = (node: Node) => {
		const [input] = node.inputs;
		const [output] = node.outputs;
		const perm = JSON.stringify(node.attributes.perm);
		if (node.opType === 'Transpose' && [toLast, toFirst].includes(perm)) {
			const [read, written] = (
				perm === toLast ? ['first', 'last'] : ['last', 'first']
			) as [Layout, Layout];
			note([output], layouts.get(input) === read ? written : undefined);
			note([input], layouts.get(output) === written ? read : undefined);
		}

		// A product with weights mixes only the last axis.
		const isDense = node.opType === 'MatMul' && constants.has(node.inputs[1]);
		if (isDense || !movesAxes.has(node.opType)) {
			noteAlike(pictures(node));
		}

		const repeated = repeatedBy(node);
		if (repeated !== undefined) {
			noteAlike([repeated, output]);
		}
	};

	note(values.get(logits ?? '')?.shape.length === 4 ? [logits!] : [], 'first');
	for (const node of nodes) {
		if (channelsFirst.has(node.opType)) {
			note(pictures(node), 'first');
		} else if (node.outputs[0].endsWith(tokenPicture) || unfolds(node)) {
			note(node.outputs, 'first');
		}
	}

	// A layer normalisation reads along the channels, wherever they were before.
	for (const node of nodes) {
		const {opType, attributes} = node;
		const isAlongLast =
			opType === 'LayerNormalization' &&
			[-1, 3].includes(Number(attributes.axis ?? -1));
		note(pictures(node), isAlongLast ? 'last' : undefined);
	}

	for (let before = -1; before !== layouts.size;) {
		before = layouts.size;
		for (const node of [...nodes, ...nodes.toReversed()]) {
			follow(node);
		}
	}

	for (const node of nodes) {
		const [first] = node.outputs;
		const isUnknown =
			arranges.has(node.opType) ||
			node.inputs.some((name) => layouts.get(name) === 'unknown');
		note(
			values.get(first)?.shape.length === 4 ? node.outputs : [],
			isUnknown ? 'unknown' : undefined,
		);
	}

	return layouts;
};
