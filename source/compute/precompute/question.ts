import {
	findGradientMethod,
	gradientMethodNames,
	methodNames,
} from '../../cam/find-method.js';
import {UsageError} from '../../errors.js';
import {isClassifier} from '../../graph/logits/find-logits.js';
import type {Graph, Value} from '../../graph/graph.js';
import type {InputSize} from '../input/input-size.js';
import {choose} from '../../text.js';
import {findClass} from '../question/find-class.js';
import {findLayer} from '../question/find-layer.js';
import type {LoadedModel} from '../model/load-model.js';
import {findSeedGrid, type SeedGrid} from './seeds/seed-grid.js';

/** The question about every pixel, validated. */
export type Question = {
	readonly graph: Graph;
	/** `[1, classes, height, width]` */
	readonly logits: Value;
	/** `[1, channels, height, width]` */
	readonly layer: Value;
	readonly method: string;
	readonly seeds: SeedGrid;
	/** One class for all pixels; each pixel's own where undefined. */
	readonly class: number | undefined;
};

/** As requested; defaults where left out. */
export type Wish = {
	readonly layer?: string;
	readonly method?: string;
	/** An id or a label. */
	readonly class?: string;
};

/**
Validates a request against a model.

@throws {UsageError} If the layer, method or class does not exist, or the model is a classifier.
@throws {ModelError} If the network cannot be explained at this size.
*/
export const askNetwork = (
	model: LoadedModel,
	size: InputSize,
	wish: Wish,
): Question => {
	const method = choose('method', wish.method ?? 'grad-cam', methodNames);
	if (!gradientMethodNames.includes(method)) {
		throw new UsageError(
			`The method "${method}" takes passes of its own for every pixel, or knows none; explain single pixels with gradcam-tui explain, or use one of ${gradientMethodNames.join(', ')}`,
		);
	}

	const network = model.network(size);
	const {graph, logits} = network;
	if (isClassifier(logits.shape)) {
		throw new UsageError(
			`The model "${model.file}" is a classifier: its output has shape [${logits.shape.join(', ')}] and no pixels; explain the whole image with gradcam-tui explain, or name a segmentation network`,
		);
	}

	const name = findLayer(network, wish.layer ?? network.defaultLayer);
	const layer = graph.values.get(name)!;
	if (layer.shape.length !== 4) {
		throw new UsageError(
			`The layer "${name}" has shape [${layer.shape.join(', ')}] and no cells of an image; the command "layers" lists others`,
		);
	}

	return {
		graph,
		logits,
		layer,
		method,
		seeds: findSeedGrid(
			graph,
			logits.name,
			findGradientMethod(method)!.directions !== undefined,
		),
		class:
			wish.class === undefined
				? undefined
				: findClass(wish.class, logits.shape[1], model.labels),
	};
};
