import {findBottlenecks} from '../graph/dependence.js';
import type {Graph, Value} from '../graph/graph.js';
import {isClassifier} from '../graph/logits/find-logits.js';
import {tokenPicture} from '../graph/pictures/picture-tokens.js';
import {isProportionedLike} from '../graph/pictures/proportions.js';
import type {Layer} from './explainable.js';

/** Operators that only gather or thin out what others found, or that mix positions or sharpen them for a pooling, so that their outputs are no good picture of it. */
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

/** How much narrower than the widest features others may be to count as wide too. */
const nearlyWidest = 0.9;

/** Whether a layer is the picture of tokens that a block was added to, which are as wide as those that are carried on; tokens that are merged into fewer are wider until they are narrowed. */
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

/** The values that are written before attention mixes positions for the last time on the way to the logits, by name. */
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

Behind a classifier's last features come global pooling or flattening, so they are the last picture of more than one cell; where branches found them, what joins the branches. A transformer's are the last tokens before positions are mixed for the last time: behind that only the class token may count. A segmentation network keeps pictures up to the end; there features are deepest where channels are many and cells are few, in the last of such values: the end of the backbone, or the bottom of a U-Net.
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
		// One channel only says where the others count.
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
