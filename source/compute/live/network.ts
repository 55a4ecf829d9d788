import path from 'node:path';
import type {Image} from '../../raster/image.js';
import {stripControl} from '../../text.js';
import {nameClasses} from '../model/class-names.js';
import {findClass} from '../question/find-class.js';
import {findLayer} from '../question/find-layer.js';
import {type PreparedInput, prepareInput} from '../input/input.js';
import {loadModel} from '../model/load-model.js';
import type {Network} from '../model/network.js';
import type {OnTable} from './direction-hover.js';
import {type Layers, createLayers} from './layers.js';
import {readPrediction} from './prediction.js';
import type {
	LiveMap,
	LiveNetwork,
	LiveOptions,
	LivePrediction,
	LiveQuestion,
} from './protocol.js';

/** A network that looks at images, and answers questions about the last one. */
export type OpenNetwork = {
	/** Runs the network on an image. @throws {UsageError | ModelError} If that cannot be done. */
	readonly see: (
		image: Image,
	) => Promise<{network: LiveNetwork; prediction: LivePrediction}>;
	/**
	Answers a question about the last image.

	@param onPass Reports progress, 0–1, between the passes of a method that takes several; throwing from it aborts the method.
	@throws {Error} If no image has been seen.
	*/
	readonly explain: (
		question: LiveQuestion,
		onPass?: (done: number) => void,
	) => Promise<LiveMap>;
	/** Resolves when all its threads are idle. */
	readonly settled: () => Promise<void>;
	readonly dispose: () => Promise<void>;
};

/** The image that questions are about. */
type Seen = {
	readonly network: Network;
	readonly input: PreparedInput;
	readonly layers: Layers;
};

/** Milliseconds from which a wait is noticeable, and a table of all answers is worthwhile. */
const slow = 12;

/** The cells above zero, scaled so that the strongest is 1. */
const listCells = (
	map: Float32Array,
	max: number,
): Pick<LiveMap, 'indices' | 'weights'> => {
	const indices: number[] = [];
	for (const [cell, value] of map.entries()) {
		if (value > 0) {
			indices.push(cell);
		}
	}

	return {
		indices: Uint32Array.from(indices),
		weights: Float32Array.from(indices, (cell) => map[cell] / max),
	};
};

/** A file called just "model" is named by its folder. */
const nameOf = (file: string): string => {
	const {name, dir} = path.parse(path.resolve(file));
	return stripControl(name === 'model' ? path.basename(dir) : name);
};

/**
Opens a model to look at images with.

@param onTable Reports the progress of background work that makes later questions instant.
@throws {UsageError | ModelError} If it cannot be used.
*/
export const openNetwork = async (
	options: LiveOptions,
	onTable: OnTable = () => undefined,
): Promise<OpenNetwork> => {
	const model = await loadModel(options.model, options.load);
	let seen: Seen | undefined;

	const describe = async ({network, input}: Seen): Promise<LiveNetwork> => {
		const {logits, layers, defaultLayer} = network;
		const {classes} = await nameClasses(
			model,
			logits.shape[1],
			options.palette,
		);
		return {
			name: nameOf(options.model),
			runtime: model.runtime.description,
			classes,
			layers: layers.map(({name, shape}) => ({name, shape})),
			layer: findLayer(network, options.layer ?? defaultLayer),
			...(options.class !== undefined && {
				target: findClass(
					options.class,
					classes.length,
					classes.map(({name}) => name),
				),
			}),
			guesses: input.guesses,
		};
	};

	const forget = async (): Promise<void> => {
		const layers = seen?.layers;
		seen = undefined;
		await layers?.release();
	};

	return {
		async see(image) {
			await forget();
			const input = await prepareInput(image, model);
			const network = model.network(input.size);
			const next = {
				network,
				input,
				layers: createLayers(model, network, input, onTable),
			};
			const description = await describe(next);
			const {evaluated} = await next.layers.of(description.layer);
			const prediction = readPrediction(
				{shape: network.logits.shape, data: evaluated.logits},
				input,
			);
			seen = next;
			return {network: description, prediction};
		},
		async explain({class: id, versus, cells, layer, method}, onPass) {
			if (!seen) {
				throw new Error('The network has not seen an image yet');
			}

			const {input, layers} = seen;
			const {evaluated, table} = await layers.of(layer);
			const start = performance.now();
			const target = {
				class: id,
				...(versus !== undefined && {versus}),
				pixels: Array.from(cells, (position) => ({position})),
			};
			const {map, width, height, max} =
				(await table.explain({method, target})) ??
				(await evaluated.explain({
					target,
					layer,
					method,
					onProgress(done, total) {
						onPass?.(done / total);
					},
				}));
			if (performance.now() - start > slow) {
				table.build({method, target});
			}

			return {
				width,
				height,
				...listCells(map, max),
				extent: input.view,
				ms: performance.now() - start,
			};
		},
		async settled() {
			await seen?.layers.settled();
		},
		async dispose() {
			await forget();
			await model.dispose();
		},
	};
};
