import {findBottlenecks} from '../graph/dependence.js';
import type {Graph, Value} from '../graph/graph.js';
import {isClassifier} from '../graph/logits/find-logits.js';
import {tokenPicture} from '../graph/pictures/picture-tokens.js';
import {isProportionedLike} from '../graph/pictures/proportions.js';
import type {Layer} from './explainable.js';

/** Operators whose output is a poor picture of the features: they only gather or thin out what others found, mix positions, or sharpen values ahead of a pooling. */
const neverDefault = new Set([
	'AveragePool',
	'Concat',
	'MatMul',
	'MaxPool',
	'Pad',
	'Pow',
	'ReduceMean',
	'Softmax',
	'Transpose',
]);

/** Layers at least this fraction as wide as the widest count as wide too. */
const nearlyWidest = 0.9;

/** Whether a layer is the token picture of a residual sum. Such sums are as wide as the residual stream; merged tokens are wider until they are projected down again, so width alone would pick those. */
const isSumOfTokens = ({nodes, constants}: Graph) => {
	const sums = new Set(
		nodes
			.filter(
				({opType, inputs}) =>
					opType === 'Add' && !inputs.some((name) => constants.has(name)),
			)
			.flatMap(({outputs}) => outputs.map((name) => name + tokenPicture)),
	);
	return ({name}: Layer) => sums.has(name);
};

/** Names of the values written before the last attention on the way to the logits mixes positions. */
const beforeLastMixing = (
	{nodes}: Graph,
	logits: string,
): ReadonlySet<string> => {
	const way = nodes.slice(
		0,
		nodes.findIndex(({outputs}) => outputs.includes(logits)),
	);
	const last = way.findLastIndex(({opType}) => opType === 'Softmax');
	return new Set(
		way.slice(0, Math.max(last, 0)).flatMap(({outputs}) => outputs),
	);
};

/**
The layer to show when none is asked for: the last features before the head.

In a classifier, global pooling or flattening follows the last features, so they are the last picture of more than one cell; where several branches produced them, the value that joins the branches. In a vision transformer they are the last tokens before attention mixes positions for the last time, because beyond it only the class token may count. A segmentation network keeps pictures to the end; its deepest features have many channels and few cells, and the last such value is the end of the backbone or the bottom of a U-Net.
*/
export const defaultLayer = (
	graph: Graph,
	layers: readonly Layer[],
	{name, shape: logits}: Value,
): Layer | undefined => {
	const area = ({shape}: Layer) => shape[2] * shape[3];
	const tokens = layers.filter((layer) => layer.name.endsWith(tokenPicture));
	const candidates =
		tokens.length > 0
			? tokens
			: layers.filter(
					(layer) => !neverDefault.has(layer.opType) && area(layer) > 1,
				);
	if (isClassifier(logits)) {
		const early = beforeLastMixing(graph, name);
		const features = tokens.findLast((layer) => early.has(layer.name));
		if (features) {
			return features;
		}

		const bottlenecks = findBottlenecks(graph, name);
		// A single channel only says where the others count.
		const last =
			candidates.findLast(({shape}) => shape[1] > 1) ??
			candidates.at(-1) ??
			layers.at(-1);
		return (
			layers
				.slice(layers.indexOf(last!))
				.find((layer) => bottlenecks.has(layer.name) && area(layer) > 1) ?? last
		);
	}

	const pictures = candidates.filter(({shape}) =>
		isProportionedLike(shape, logits),
	);
	const sums = pictures.filter(isSumOfTokens(graph));
	const most = Math.max(
		...(sums.length > 0 ? sums : pictures).map(({shape}) => shape[1]),
	);
	const wide = pictures.filter(
		({shape}) => shape[1] >= most * nearlyWidest && shape[1] <= most,
	);
	const fewest = Math.min(...wide.map((layer) => area(layer)));
	return wide.findLast((layer) => area(layer) === fewest) ?? layers.at(-1);
};
