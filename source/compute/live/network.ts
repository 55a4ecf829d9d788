import path from 'node:path';
import {elementCount} from '../../graph/tensor.js';
import {stripControl} from '../../text.js';
import {findClass, findLayer} from '../explain.js';
import type {EvaluatedImage} from '../evaluated-image.js';
import {type Explainer, createExplainer} from '../explainer.js';
import {type PreparedInput, prepareInput} from '../input.js';
import {type LoadedModel, type Network, loadModel} from '../load-model.js';
import {toGrid} from '../preprocess.js';
import {nameClasses} from './class-names.js';
import {type HoverTable, createHoverTable} from './hover-table.js';
import type {
	LiveMap,
	LiveNetwork,
	LiveOptions,
	LivePrediction,
	LiveQuestion,
} from './protocol.js';

/** A network that looks at one image after another and answers questions about the last one. */
export type OpenNetwork = {
	/** Runs the network on an image file. @throws {UsageError | ModelError} When that cannot be done. */
	readonly see: (
		file: string,
	) => Promise<{network: LiveNetwork; prediction: LivePrediction}>;
	/** @throws {Error} When no image has been seen. */
	readonly explain: (question: LiveQuestion) => Promise<LiveMap>;
	/** Resolves when no thread of its own is at work any more. */
	readonly settled: () => Promise<void>;
	readonly dispose: () => Promise<void>;
};

/** What is kept of a layer: the network that answers it, and what the image left there. */
type LayerState = {
	readonly explainer: Explainer;
	readonly evaluated: EvaluatedImage;
	readonly table: HoverTable;
};

/** The image that questions are about. */
type Seen = {
	readonly network: Network;
	readonly input: PreparedInput;
	/** Each layer costs a forward pass when it is first asked for. */
	readonly layers: Map<string, Promise<LayerState>>;
};

/** Milliseconds from which an answer is felt, and a table of all answers is worth its work. */
const slow = 12;

/** Layers that are kept at the same time: each holds activations and a prepared network. */
const layerLimit = 12;

const lookAt = async (
	{format, runtime}: LoadedModel,
	{network: {graph, logits}, input}: Seen,
	layer: string,
): Promise<LayerState> => {
	const explainer = await createExplainer({
		graph,
		logits: logits.name,
		layers: [layer],
		runtime,
		layout: format.layout,
	});
	const evaluated = await explainer.forward(
		new Map([[format.name, input.tensor]]),
	);
	return {explainer, evaluated, table: createHoverTable(evaluated, layer)};
};

const release = async (layer: Promise<LayerState>): Promise<void> => {
	try {
		const {explainer, table} = await layer;
		await table.settled();
		await explainer.dispose();
	} catch {
		// Who asked for the layer has been told.
	}
};

/** What the image left at a layer; the one that was longest not asked for makes room. */
const layerOf = async (
	model: LoadedModel,
	seen: Seen,
	name: string,
): Promise<LayerState> => {
	const {layers} = seen;
	const layer = layers.get(name) ?? lookAt(model, seen, name);
	layers.delete(name);
	layers.set(name, layer);
	if (layers.size > layerLimit) {
		const [[oldest, state]] = layers;
		layers.delete(oldest);
		void release(state);
	}

	try {
		return await layer;
	} catch (error) {
		layers.delete(name);
		throw error;
	}
};

/** The predicted class of each cell of the logits. */
const argMax = (
	logits: Float32Array,
	classes: number,
	space: number,
): Uint16Array => {
	const best = new Uint16Array(space);
	for (let id = 1; id < classes; id++) {
		for (let cell = 0; cell < space; cell++) {
			if (logits[id * space + cell] > logits[best[cell] * space + cell]) {
				best[cell] = id;
			}
		}
	}

	return best;
};

/** The class of every image pixel, from that of the cells it falls on. */
const labelPixels = (
	cells: Uint16Array,
	grid: {readonly width: number; readonly height: number},
	{picture, view}: PreparedInput,
	outside: number,
): Uint8Array | Uint16Array => {
	const {width, height} = picture;
	const labels =
		outside < 256
			? new Uint8Array(width * height)
			: new Uint16Array(width * height);
	const columns = Array.from(
		{length: width},
		(_, x) =>
			toGrid({x, y: Math.floor(view.y + view.height / 2)}, view, grid)?.x,
	);
	for (let y = 0; y < height; y++) {
		const row = toGrid(
			{x: Math.floor(view.x + view.width / 2), y},
			view,
			grid,
		)?.y;
		for (const [x, column] of columns.entries()) {
			labels[y * width + x] =
				row === undefined || column === undefined
					? outside
					: cells[row * grid.width + column];
		}
	}

	return labels;
};

const predict = (
	{network, input}: Seen,
	logits: Float32Array,
	ms: number,
): LivePrediction => {
	const {shape} = network.logits;
	const [, classes, height = 1, width = 1] = shape;
	const space = elementCount(shape.slice(2));
	return {
		width,
		height,
		view: input.view,
		logits: new Float32Array(logits),
		...(shape.length > 2 && {
			labels: labelPixels(
				argMax(logits, classes, space),
				{width, height},
				input,
				classes,
			),
		}),
		picture: {width: input.picture.width, height: input.picture.height},
		ms,
	};
};

/** The cells above zero, the strongest of them 1. */
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

/** A file that is only called "model" is known by its folder. */
const nameOf = (file: string): string => {
	const {name, dir} = path.parse(path.resolve(file));
	return stripControl(name === 'model' ? path.basename(dir) : name);
};

/**
Opens a model to look at images with.

@throws {UsageError | ModelError} When it cannot be used.
*/
export const openNetwork = async (
	options: LiveOptions,
): Promise<OpenNetwork> => {
	const model = await loadModel(options.model, options.load);
	let seen: Seen | undefined;

	const describe = async ({network, input}: Seen): Promise<LiveNetwork> => {
		const {logits, layers, defaultLayer} = network;
		const classes = await nameClasses(model, logits.shape[1], options.palette);
		return {
			name: nameOf(options.model),
			runtime: model.runtime.description,
			classes,
			layers: layers.map(({name, shape}) => ({name, shape})),
			layer:
				options.layer === undefined
					? defaultLayer
					: findLayer(network, options.layer),
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
		const layers = [...(seen?.layers.values() ?? [])];
		seen = undefined;
		await Promise.all(layers.map(async (layer) => release(layer)));
	};

	return {
		async see(file) {
			await forget();
			const input = await prepareInput(file, model);
			const next: Seen = {
				network: model.network(input.size),
				input,
				layers: new Map(),
			};
			const network = await describe(next);
			const start = performance.now();
			const {evaluated} = await layerOf(model, next, network.layer);
			const prediction = predict(
				next,
				evaluated.logits,
				performance.now() - start,
			);
			seen = next;
			return {network, prediction};
		},
		async explain({class: id, versus, cells, layer, method}) {
			if (!seen) {
				throw new Error('The network has not seen an image yet');
			}

			const start = performance.now();
			const {evaluated, table} = await layerOf(model, seen, layer);
			const target = {
				class: id,
				...(versus !== undefined && {versus}),
				pixels: Array.from(cells, (position) => ({position})),
			};
			const isTabled = method === 'grad-cam' && versus === undefined;
			const {map, width, height, max} =
				(isTabled ? table.of(id)?.explain(target) : undefined) ??
				(await evaluated.explain({target, layer, method}));
			if (isTabled && performance.now() - start > slow) {
				table.build(id);
			}

			return {
				width,
				height,
				...listCells(map, max),
				extent: seen.input.view,
				ms: performance.now() - start,
			};
		},
		async settled() {
			const layers = [...(seen?.layers.values() ?? [])];
			await Promise.all(
				layers.map(async (layer) => {
					const {table} = await layer;
					await table.settled();
				}),
			);
		},
		async dispose() {
			await forget();
			await model.dispose();
		},
	};
};
