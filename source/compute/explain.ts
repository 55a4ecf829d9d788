import {findPath} from '../autodiff/path.js';
import type {Target} from '../autodiff/seed.js';
import {methodNames} from '../cam/table.js';
import {UsageError} from '../errors.js';
import {isClassifier} from '../graph/find-logits.js';
import {elementCount} from '../graph/tensor.js';
import {nearestName} from '../text.js';
import {
	createExplainer,
	type EvaluatedImage,
	type Explainer,
} from './explainer.js';
import {prepareInput, type Input, type PreparedInput} from './input.js';
import type {LoadedModel, Network} from './load-model.js';
import {toGrid} from './preprocess.js';

/** What is asked of an input. */
export type ExplainOptions = {
	/** In pixels of the input; left out for a classifier. */
	readonly pixel?: {readonly x: number; readonly y: number};
	/** An id or a label; the predicted class where left out. */
	readonly class?: number | string;
	/** Names of values as `layers` lists them, or of the nodes that write them; the model's default where left out. */
	readonly layers?: readonly string[];
	/** `grad-cam` where left out. */
	readonly methods?: readonly string[];
};

/** A class at a place, and how sure the network is of it. */
export type ExplainedTarget = {
	readonly class: number;
	/** Null where nobody named the classes. */
	readonly label: string | null;
	/** Pixels of the input; null for a classifier. */
	readonly x: number | null;
	readonly y: number | null;
	/** Before a softmax. */
	readonly logit: number;
};

/** One heatmap and what it explains. */
export type ExplainedMap = {
	readonly layer: string;
	readonly method: string;
	readonly target: ExplainedTarget;
	/** `[height, width]` at the layer's own resolution, unnormalised, never negative; all zero where nothing speaks for the target. */
	readonly map: Float32Array;
	readonly width: number;
	readonly height: number;
	/** Over the map. */
	readonly min: number;
	readonly max: number;
	/** Milliseconds that this map took, after the forward pass. */
	readonly ms: number;
	/** What was fed, as people see it. */
	readonly input: PreparedInput;
};

/** The name among several that was meant. @throws {UsageError} When none was. */
export const choose = (
	what: string,
	word: string,
	names: readonly string[],
	remedy: string,
): string => {
	if (names.includes(word)) {
		return word;
	}

	const nearest = nearestName(word, names);
	throw new UsageError(
		`There is no ${what} "${word}"; ${nearest === undefined ? remedy : `did you mean ${nearest}?`}`,
	);
};

/** The name of the layer that was meant: a value's, or a node's. @throws {UsageError} When there is none. */
export const findLayer = (
	{graph, layers, logits}: Network,
	word: string,
): string => {
	const names = layers.map(({name}) => name);
	const byNode = graph.nodes
		.find(({name}) => name === word)
		?.outputs.find((output) => names.includes(output));
	if (byNode !== undefined) {
		return byNode;
	}

	const value = graph.values.get(word);
	if (value && !names.includes(word)) {
		// Where an operator on the way blocks, this names it.
		findPath(graph, logits.name, [word]);
		throw new UsageError(
			`The value "${word}" of shape [${value.shape.join(', ')}] is no layer that can be explained; the command "layers" lists those that can`,
		);
	}

	return choose('layer', word, names, 'the command "layers" lists them');
};

const isCount = (text: string) => /^\d+$/v.test(text);

/** The id of the class that was meant. @throws {UsageError} When there is none. */
export const findClass = (
	wanted: number | string,
	count: number,
	labels: readonly string[] | undefined,
): number => {
	const text = String(wanted);
	const named = labels?.findIndex(
		(label) => label.toLowerCase() === text.toLowerCase(),
	);
	if (named !== undefined && named >= 0 && named < count) {
		return named;
	}

	if (!isCount(text)) {
		if (!labels) {
			throw new UsageError(
				`There is no class "${text}", since the classes have no names; give an id from 0 to ${count - 1}, or names with --labels`,
			);
		}

		const known = labels.slice(0, count);
		choose(
			'class',
			text,
			known,
			`use an id from 0 to ${count - 1} or one of ${known.slice(0, 30).join(', ')}`,
		);
	}

	const id = Number(text);
	if (id >= count) {
		throw new UsageError(
			`Class ${text} is outside the ${count} classes of the model; use 0 to ${count - 1}`,
		);
	}

	return id;
};

/** The pixel of the logits that a pixel of the input falls on. @throws {UsageError} When it is left out, or outside. */
const findPosition = (
	pixel: ExplainOptions['pixel'],
	{picture, view}: PreparedInput,
	logits: readonly number[],
): number => {
	if (isClassifier(logits)) {
		if (pixel) {
			throw new UsageError(
				`A classifier answers for the whole image, so the pixel ${pixel.x},${pixel.y} means nothing to it; leave --pixel out`,
			);
		}

		return 0;
	}

	if (!pixel) {
		throw new UsageError(
			'A segmentation network is explained pixel by pixel, and none is given; name one with --pixel X,Y',
		);
	}

	const {x, y} = pixel;
	if (
		!Number.isInteger(x) ||
		!Number.isInteger(y) ||
		x < 0 ||
		y < 0 ||
		x >= picture.width ||
		y >= picture.height
	) {
		throw new UsageError(
			`The pixel ${x},${y} is outside the ${picture.width}x${picture.height} pixels of the input; use 0,0 to ${picture.width - 1},${picture.height - 1}`,
		);
	}

	const [height, width] = logits.slice(2);
	const place = toGrid(pixel, view, {width, height});
	if (!place) {
		throw new UsageError(
			`The pixel ${x},${y} is cut off before the network sees the image (resize "crop"); choose one nearer to the middle, or use --resize stretch`,
		);
	}

	return place.y * width + place.x;
};

/** The class with the greatest logit at a position. */
const predictClass = (
	logits: Float32Array,
	classes: number,
	space: number,
	position: number,
): number => {
	let best = 0;
	for (let id = 1; id < classes; id++) {
		if (logits[id * space + position] > logits[best * space + position]) {
			best = id;
		}
	}

	return best;
};

type TargetContext = {
	readonly model: LoadedModel;
	readonly network: Network;
	readonly input: PreparedInput;
	readonly evaluated: EvaluatedImage;
};

const findTarget = (
	{model, network, input, evaluated}: TargetContext,
	options: ExplainOptions,
): {target: Target; explained: ExplainedTarget} => {
	const {shape} = network.logits;
	const {logits} = evaluated;
	const space = elementCount(shape.slice(2));
	const position = findPosition(options.pixel, input, shape);
	const id =
		options.class === undefined
			? predictClass(logits, shape[1], space, position)
			: findClass(options.class, shape[1], model.labels);
	return {
		target: {class: id, pixels: [{position}]},
		explained: {
			class: id,
			label: model.labels?.[id] ?? null,
			x: options.pixel?.x ?? null,
			y: options.pixel?.y ?? null,
			logit: logits[id * space + position],
		},
	};
};

/** The network that was loaded last, with its layers, for each model: most questions are about the same ones. */
const lastExplainers = new WeakMap<
	LoadedModel,
	{readonly key: string; readonly explainer: Explainer}
>();

/** The last question that each model was asked; it answers one after the other, since a network that computes may not be exchanged. */
const lastTurns = new WeakMap<LoadedModel, Promise<unknown>>();

const inTurn = async <Answer>(
	model: LoadedModel,
	answer: () => Promise<Answer>,
): Promise<Answer> => {
	const turn = (lastTurns.get(model) ?? Promise.resolve()).then(answer, answer);
	lastTurns.set(model, turn);
	return turn;
};

const openExplainer = async (
	model: LoadedModel,
	{graph, logits}: Network,
	names: readonly string[],
): Promise<Explainer> => {
	const layers = [...new Set(names)];
	const last = lastExplainers.get(model);
	const key = JSON.stringify([graph.inputs, layers]);
	if (last?.key === key) {
		return last.explainer;
	}

	lastExplainers.delete(model);
	await last?.explainer.dispose();
	const explainer = await createExplainer({
		graph,
		logits: logits.name,
		layers,
		runtime: model.runtime,
	});
	lastExplainers.set(model, {key, explainer});
	return explainer;
};

/**
Explains why a network sees a class at a pixel (or, a classifier, in the whole image): one map for each layer and method.

@param input An image, a tensor `[1, C, H, W]` that is fed as it is, or the file of either.
@throws {UsageError} When the input cannot be read, or a pixel, class, layer or method does not exist.
@throws {ModelError} When the model cannot be explained for this input.
*/
export const explain = async (
	model: LoadedModel,
	input: Input,
	options: ExplainOptions = {},
): Promise<readonly ExplainedMap[]> => {
	const methods = (
		options.methods?.length ? options.methods : ['grad-cam']
	).map((name) =>
		choose('method', name, methodNames, `use one of ${methodNames.join(', ')}`),
	);
	const prepared = await prepareInput(input, model);
	const network = model.network(prepared.size);
	const layers = (
		options.layers?.length ? options.layers : [network.defaultLayer]
	).map((name) => findLayer(network, name));
	// What can be known to be wrong is said before the network runs.
	findPosition(options.pixel, prepared, network.logits.shape);
	if (options.class !== undefined) {
		findClass(options.class, network.logits.shape[1], model.labels);
	}

	return inTurn(model, async () => {
		const explainer = await openExplainer(model, network, layers);
		const evaluated = await explainer.forward(
			new Map([[model.format.name, prepared.tensor]]),
		);
		const {target, explained} = findTarget(
			{model, network, input: prepared, evaluated},
			options,
		);
		const maps: ExplainedMap[] = [];
		for (const layer of layers) {
			for (const method of methods) {
				// eslint-disable-next-line no-await-in-loop -- one after the other, so that each is timed by itself
				const {map, width, height, min, max, ms} = await evaluated.explain({
					target,
					layer,
					method,
				});
				maps.push({
					layer,
					method,
					target: explained,
					map,
					width,
					height,
					min,
					max,
					ms,
					input: prepared,
				});
			}
		}

		return maps;
	});
};
