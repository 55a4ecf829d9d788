import type {Graph, Node} from '../graph.js';
import {producersOf} from '../sort-nodes.js';
import {tokenPicture} from './picture-tokens.js';

/** Operators that know channels when they see them: their pictures are `[N, C, height, width]`. */
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

/** Operators that may give axes another meaning. All others leave axes where they are. */
const movesAxes = new Set([
	'Gather',
	'GatherElements',
	'MatMul',
	'Reshape',
	'Squeeze',
	'Transpose',
	'Unsqueeze',
]);

/** Transpositions between the two layouts, from channels first and to it. */
const toLast = '[0,2,3,1]';
const toFirst = '[0,3,1,2]';

/** Where the channels of a value of four axes are; or that nothing tells whether it is a picture at all. */
type Layout = 'first' | 'last' | 'unknown';

/** Operators that lay numbers out anew, so that only what reads them tells whether they are a picture. */
const arranges = new Set([
	'Gather',
	'GatherElements',
	'Reshape',
	'Squeeze',
	'Unsqueeze',
]);

/** Operators that repeat what has an axis of its own. */
const repeats = new Set(['Expand', 'Tile']);

/** Finds the picture whose rows, columns or channels a Reshape lays out after each was repeated on an axis of its own, as TensorFlow enlarges pictures. */
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

/**
The layout of values of four axes, by name, as far as it shows: whether they are pictures `[1, C, height, width]`, or `[1, height, width, C]`, as networks have it that come from TensorFlow or work on tokens.

A convolution or pooling tells which values have their channels first, as the logits do, a layer normalisation which have them last. From there on it is followed both ways through whatever leaves axes where they are, through transpositions, and through repeated rows and columns. What is laid out anew and meets none of them, as the heads of an attention, is `unknown`, and so is what is computed of it.
*/
export const layoutsOf = (
	graph: Graph,
	logits?: string,
): ReadonlyMap<string, Layout> => {
	const {nodes, constants, values} = graph;
	const repeatedBy = repetitions(graph);
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

		// A product with weights mixes the last axis only.
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
		} else if (node.outputs[0].endsWith(tokenPicture)) {
			note(node.outputs, 'first');
		}
	}

	// A layer normalisation looks along the channels, wherever they were before.
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
