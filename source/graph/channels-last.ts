import type {Graph, Node} from './graph.js';
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

type Layout = 'first' | 'last';

/**
The values `[1, height, width, C]`: their channels are last, as networks have it that come from TensorFlow or work on tokens.

A convolution or pooling tells which values have their channels first, a layer normalisation which have them last. From there on it is followed both ways through whatever leaves axes where they are, and through transpositions.
*/
export const channelsLast = ({
	nodes,
	constants,
	values,
}: Graph): ReadonlySet<string> => {
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
			const alike = pictures(node);
			const known = alike.find((name) => layouts.has(name));
			note(alike, known === undefined ? undefined : layouts.get(known));
		}
	};

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

	return new Set(
		[...layouts].flatMap(([name, layout]) => (layout === 'last' ? [name] : [])),
	);
};
