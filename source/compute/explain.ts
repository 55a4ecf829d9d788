import type {Settings} from '../cam/settings.js';
import {answersWithSigmoid} from '../graph/logits/find-logits.js';
import {
	chooseTargets,
	findClasses,
	findPosition,
} from './question/choose-targets.js';
import {createExplainer, type Explainer} from './explainer.js';
import {prepareInput, type Input, type PreparedInput} from './input/input.js';
import type {LoadedModel} from './model/load-model.js';
import type {Network} from './model/network.js';
import {checkSettings} from './question/method-settings.js';
import {
	findLayers,
	findMethods,
	findRequestedMaps,
} from './question/requested-maps.js';

/** The question about an input. */
export type ExplainOptions = {
	/** In pixels of the input; left out for a classifier, or for all pixels of a class. */
	readonly pixel?: {readonly x: number; readonly y: number};
	/** An id or a label; the predicted class where left out. */
	readonly class?: number | string;
	/** More classes, each an id or a label. */
	readonly classes?: ReadonlyArray<number | string>;
	/** How many of the likeliest classes are explained. */
	readonly top?: number;
	/** Whether the least likely class is explained too. */
	readonly worst?: boolean;
	/** Names of values as `layers` lists them, or of the nodes that write them; the model's default where left out. */
	readonly layers?: readonly string[];
	/** More layers: convolutions, counted from the end, where 1 is the last. */
	readonly convolutionsFromEnd?: readonly number[];
	/** `grad-cam` where left out. */
	readonly methods?: readonly string[];
	/** For methods with noise or an integral; each has its own defaults. */
	readonly settings?: Settings;
};

/** Reports a method's passes; throwing from it aborts the method. */
export type OnPass = (done: number, total: number) => void;

/** A class at a pixel, and the network's confidence. */
export type ExplainedTarget = {
	readonly class: number;
	/** Null where the classes have no names. */
	readonly label: string | null;
	/** Pixels of the input; null for a classifier. */
	readonly x: number | null;
	readonly y: number | null;
	/** Before a softmax. */
	readonly logit: number;
};

/** A heatmap and what it explains. */
export type ExplainedMap = {
	/** The network's input, for methods without a layer. */
	readonly layer: string;
	readonly method: string;
	readonly target: ExplainedTarget;
	/** 0–1: the network's probability of the class, at the pixel, or over all of them where none was named. */
	readonly probability: number;
	/** Whether the class was chosen for being the least likely. */
	readonly isWorst: boolean;
	/** `[height, width]` at the layer's own resolution, unnormalised, never negative; all zero where nothing speaks for the target. */
	readonly map: Float32Array;
	readonly width: number;
	readonly height: number;
	/** Of the map. */
	readonly min: number;
	readonly max: number;
	/** `[C, H, W]`: the signed contribution of each number of the input; for methods that weigh the input. */
	readonly attribution?: Float32Array;
	/** Milliseconds for this map, after the forward pass. */
	readonly ms: number;
	/** What the network was fed, and how to show it. */
	readonly input: PreparedInput;
};

/** By model, the explainer that was used last: most questions are about the same network and layers. */
const lastExplainers = new WeakMap<
	LoadedModel,
	{readonly key: string; readonly explainer: Explainer}
>();

/** By model, the last question. Questions are answered one after the other, since a network cannot be replaced while it computes. */
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
		layout: model.format.layout,
	});
	lastExplainers.set(model, {key, explainer});
	return explainer;
};

/**
Explains why a network sees a class at a pixel (or in the whole image, for a classifier): one map for each class, layer and method.

@param input An image, a tensor `[1, C, H, W]` that is fed as it is, or a file of either.
@param onPass Hears of each pass of the methods that take several.
@throws {UsageError} If the input cannot be read, or a pixel, class, layer, method or setting does not exist.
@throws {ModelError} If the model cannot be explained for this input.
*/
export const explain = async (
	model: LoadedModel,
	input: Input,
	options: ExplainOptions = {},
	onPass?: OnPass,
): Promise<readonly ExplainedMap[]> => {
	const {settings} = options;
	checkSettings(findMethods(options), settings);
	const prepared = await prepareInput(input, model);
	const network = model.network(prepared.size);
	const {shape} = network.logits;
	const layers = findLayers(network, options);
	const requested = findRequestedMaps(network, options);
	// Mistakes that can be found beforehand are reported before the network runs.
	findPosition(options, prepared, shape);
	findClasses(options, shape[1], model.labels);

	return inTurn(model, async () => {
		const explainer = await openExplainer(model, network, layers);
		const evaluated = await explainer.forward(
			new Map([[model.format.name, prepared.tensor]]),
		);
		try {
			const chosen = chooseTargets(
				{
					logits: evaluated.logits,
					shape,
					isSigmoid: answersWithSigmoid(network.graph),
				},
				options,
				prepared,
				model.labels,
			);
			const maps: ExplainedMap[] = [];
			for (const {layer, method, isInput} of requested) {
				// eslint-disable-next-line no-await-in-loop -- one after the other, so that each is timed by itself
				const explanations = await evaluated.explainAll({
					targets: chosen.map(({target}) => target),
					layer: isInput ? layers[0] : layer,
					method,
					settings,
					onProgress: onPass,
				});
				for (const [index, map] of explanations.entries()) {
					const {explained, probability, isWorst} = chosen[index];
					maps.push({
						...map,
						layer,
						method,
						target: explained,
						probability,
						isWorst,
						input: prepared,
					});
				}
			}

			return maps;
		} finally {
			await evaluated.dispose();
		}
	});
};
