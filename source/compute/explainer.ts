import {planWalk, type Values} from '../autodiff/walk/walk.js';
import type {Graph, Value} from '../graph/graph.js';
import {elementCount} from '../graph/tensor.js';
import {createKernels} from '../runtimes/kernels.js';
import type {Runtime} from '../runtimes/runtime.js';
import {createLayerTables} from './class-table/layer-tables.js';
import {
	evaluateImage,
	type EvaluatedImage,
	type PreparedLayer,
} from './evaluated-image.js';
import {createPasses} from './oracle/passes.js';
import type {Layout} from './input/layout.js';
import {openInput} from './oracle/oracle.js';

/** The parts of an explainer. */
export type ExplainerOptions = {
	readonly graph: Graph;
	/** The value whose elements are explained, `[1, classes, …space]`: the logits before a trailing Softmax or ArgMax. */
	readonly logits: string;
	/** Names of the values that can be explained as layers; each costs memory, and a little of the forward pass. */
	readonly layers: readonly string[];
	readonly runtime: Runtime;
	/** The layout of the network's input; NCHW where left out. */
	readonly layout?: Layout;
	/** Whether class tables yield to everything else: they then leave one core free, and take longer. */
	readonly isBackground?: boolean;
};

/** An explainer without a forward pass of its own: the caller runs the network. */
export type PlannedExplainer = {
	readonly graph: Graph;
	readonly logits: Value;
	/** Names of the forward values it reads. */
	readonly needs: readonly string[];
	/** Explains an input, from its forward values. */
	readonly evaluate: (feeds: Values, values: Values) => EvaluatedImage;
	/** Ends the threads that fill class tables; no table may be in progress. The next table starts new ones. */
	readonly endTables: () => Promise<void>;
	readonly dispose: () => Promise<void>;
};

/** A network ready to be explained: load it once, then run it on images, then ask about any number of targets. */
export type Explainer = PlannedExplainer & {
	/** Runs the network on a tensor `[1, C, H, W]`, preprocessed as the network expects. */
	readonly forward: (feeds: Values) => Promise<EvaluatedImage>;
};

/** Plans the walks from a network's logits to its layers. @throws {ModelError} If no derivative reaches a layer. */
export const planExplainer = (options: ExplainerOptions): PlannedExplainer => {
	const {graph, runtime, isBackground = false} = options;
	const logits = graph.values.get(options.logits)!;
	const layers = options.layers.map((name): PreparedLayer => {
		const plan = planWalk(graph, logits.name, [name]);
		return {
			value: graph.values.get(name)!,
			plan,
			tables: createLayerTables(graph, logits.name, name, {
				runtime: runtime.name,
				isBackground,
			}),
		};
	});
	const needs = [
		...new Set([
			logits.name,
			...layers.flatMap(({value, plan}) => [value.name, ...plan.needs]),
		]),
	];
	const endTables = async () => {
		await Promise.all(layers.map(async ({tables}) => tables?.dispose()));
	};

	const kernels = createKernels(runtime);
	const passes = createPasses(graph, logits, runtime, kernels);
	return {
		graph,
		logits,
		needs,
		evaluate: (feeds, values) =>
			evaluateImage(logits, layers, values, {
				kernels,
				inputSize: elementCount(graph.inputs[0].shape),
				openOracle: openInput(passes, graph.inputs[0], feeds, options.layout),
			}),
		endTables,
		async dispose() {
			await passes.dispose();
			await kernels.dispose();
			await endTables();
		},
	};
};

/** Loads a network and plans its walks. @throws {ModelError} If no derivative reaches a layer. */
export const createExplainer = async (
	options: ExplainerOptions,
): Promise<Explainer> => {
	const planned = planExplainer(options);
	const {graph, needs, evaluate} = planned;
	const session = await options.runtime.load(graph, needs);
	return {
		...planned,
		forward: async (feeds) => evaluate(feeds, await session.run(feeds, needs)),
		async dispose() {
			await session.dispose();
			await planned.dispose();
		},
	};
};
