import {findPath} from '../../autodiff/path.js';
import type {Graph} from '../../graph/graph.js';
import {elementCount} from '../../graph/tensor.js';
import type {EvaluatedImage} from '../evaluated-image.js';
import {type PlannedExplainer, planExplainer} from '../explainer.js';
import type {PreparedInput} from '../input/input.js';
import type {LoadedModel} from '../model/load-model.js';
import type {Network} from '../model/network.js';
import {classTableSize, findLowResolution} from '../class-table/plan.js';
import {walksAreDense} from '../directions/dense-walks.js';
import {createDirectionHover, type OnTable} from './direction-hover.js';
import {createClassHover} from './class-hover.js';
import type {HoverTable} from './hover-table.js';
import {createForwardValues} from './forward-values.js';
import {createBudget, type Lease} from './budget.js';

/** An image's forward values at a layer, and the network that explains them. */
export type LayerState = {
	readonly explainer: PlannedExplainer;
	readonly evaluated: EvaluatedImage;
	readonly table: HoverTable;
};

type Kept = {readonly state: Promise<LayerState>; readonly lease: Lease};

/** An image's explained layers. */
export type Layers = {
	/** Runs a forward pass the first time a layer is asked for. */
	readonly of: (name: string) => Promise<LayerState>;
	/** Resolves when all their threads are idle; no background work starts after that. */
	readonly settled: () => Promise<void>;
	readonly release: () => Promise<void>;
};

/** Numbers in all layers kept at once: half a gigabyte. A layer larger than that is kept alone. */
const layerCapacity = 2 ** 27;

/** Numbers in all tables together: a quarter of a gigabyte. */
const tableCapacity = 2 ** 26;

/** Approximate numbers a layer holds: the weights between it and the logits, as prepared for the runtime, and an array for every value there. */
const layerSize = (graph: Graph, logits: string, layer: string): number => {
	const names = findPath(graph, logits, [layer]).flatMap(({view: {node}}) => [
		...node.inputs,
		...node.outputs,
	]);
	let size = 0;
	for (const name of new Set(names)) {
		size += elementCount(graph.values.get(name)?.shape ?? [0]);
	}

	return size;
};

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
	const layerBudget = createBudget(layerCapacity);
	const budget = createBudget(tableCapacity);
	// One layer at a time has worker threads: each holds the weights and values of its layer.
	const threads = createBudget(1);
	const feeds = new Map([[format.name, tensor]]);
	const forward = createForwardValues(runtime, graph, feeds);
	const layers = new Map<string, Kept>();

	const lookAt = async (layer: string): Promise<LayerState> => {
		const explainer = planExplainer({
			graph,
			logits: logits.name,
			layers: [layer],
			runtime,
			layout: format.layout,
			isBackground: true,
		});
		const values = await forward.of(explainer.needs);
		const evaluated = explainer.evaluate(feeds, values);
		const low = findLowResolution(graph, logits.name);
		const table =
			low &&
			!walksAreDense(graph, low.logits, layer) &&
			classTableSize(graph, low.logits, layer) <= budget.size
				? createClassHover(explainer, evaluated, layer, {
						numbers: classTableSize(graph, low.logits, layer),
						budget,
						threads,
					})
				: createDirectionHover(explainer, evaluated, layer, {
						low,
						runtime: runtime.name,
						budget,
						threads,
						onTable,
					});
		return {explainer, evaluated, table};
	};

	/** Frees an evicted layer, and the forward values that no other layer reads. */
	const leave = async (state: Promise<LayerState>): Promise<void> => {
		await release(state);
		const others = await Promise.allSettled(
			[...layers.values()].map(async (kept) => kept.state),
		);
		forward.keep(
			others.flatMap((other) =>
				other.status === 'fulfilled' ? other.value.explainer.needs : [],
			),
		);
	};

	const open = (name: string): Kept => {
		const lease = layerBudget.take(layerSize(graph, logits.name, name), () => {
			layers.delete(name);
			void leave(state);
		});
		const state = lookAt(name);
		return {lease, state};
	};

	return {
		async of(name) {
			const layer = layers.get(name) ?? open(name);
			layer.lease.renew();
			layers.set(name, layer);
			try {
				return await layer.state;
			} catch (error) {
				layer.lease.giveBack();
				layers.delete(name);
				throw error;
			}
		},
		async settled() {
			await Promise.allSettled(
				[...layers.values()].map(async ({state}) => {
					const {table} = await state;
					await table.end();
				}),
			);
		},
		async release() {
			const kept = [...layers.values()];
			layers.clear();
			await Promise.all(kept.map(async ({state}) => release(state)));
		},
	};
};
