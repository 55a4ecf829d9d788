import type {EvaluatedImage} from '../evaluated-image.js';
import {type Explainer, createExplainer} from '../explainer.js';
import type {PreparedInput} from '../input/input.js';
import type {LoadedModel, Network} from '../model/load-model.js';
import {findLowResolution} from '../class-table/plan.js';
import {walksAreDense} from '../directions/dense-walks.js';
import {createDirectionTable, type OnTable} from './direction-table.js';
import {type HoverTable, createHoverTable} from './hover-table.js';
import {createRoom} from './room.js';

/** An image's forward values at a layer, and the network that explains them. */
export type LayerState = {
	readonly explainer: Explainer;
	readonly evaluated: EvaluatedImage;
	readonly table: HoverTable;
};

/** An image's explained layers. */
export type Layers = {
	/** Runs a forward pass the first time a layer is asked for. */
	readonly of: (name: string) => Promise<LayerState>;
	/** Resolves when all their threads are idle; no background work starts after that. */
	readonly settled: () => Promise<void>;
	readonly release: () => Promise<void>;
};

/** Layers kept at once: each holds activations and a prepared network. */
const limit = 12;

/** Numbers in all tables of decoders together: a quarter of a gigabyte. */
const tableRoom = 2 ** 26;

const release = async (layer: Promise<LayerState>): Promise<void> => {
	try {
		const {explainer, evaluated, table} = await layer;
		await table.end();
		await evaluated.dispose();
		await explainer.dispose();
	} catch {
		// Who asked for the layer has been told.
	}
};

/** Runs an image through a network for one layer after the other. */
export const createLayers = (
	{format, runtime}: LoadedModel,
	{graph, logits}: Network,
	{tensor}: PreparedInput,
	onTable: OnTable,
): Layers => {
	const room = createRoom(tableRoom);
	const layers = new Map<string, Promise<LayerState>>();

	const lookAt = async (layer: string): Promise<LayerState> => {
		const explainer = await createExplainer({
			graph,
			logits: logits.name,
			layers: [layer],
			runtime,
			layout: format.layout,
			isBackground: true,
		});
		const evaluated = await explainer.forward(new Map([[format.name, tensor]]));
		const low = findLowResolution(graph, logits.name);
		const table =
			low && !walksAreDense(graph, low.logits, layer)
				? createHoverTable(evaluated, layer)
				: createDirectionTable(explainer, evaluated, layer, {
						low,
						runtime: runtime.name,
						room,
						onTable,
					});
		return {explainer, evaluated, table};
	};

	return {
		async of(name) {
			const layer = layers.get(name) ?? lookAt(name);
			layers.delete(name);
			layers.set(name, layer);
			if (layers.size > limit) {
				// The least recently used one makes room.
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
		},
		async settled() {
			await Promise.allSettled(
				[...layers.values()].map(async (layer) => {
					const {table} = await layer;
					await table.end();
				}),
			);
		},
		async release() {
			const states = [...layers.values()];
			layers.clear();
			await Promise.all(states.map(async (layer) => release(layer)));
		},
	};
};
