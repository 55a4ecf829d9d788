import {seedAdjoint, type Target} from '../autodiff/seed.js';
import {planWalk, type Values, type WalkPlan} from '../autodiff/walk.js';
import {readActivations} from '../cam/activations.js';
import {computeMap, type Explained, rectify} from '../cam/explain.js';
import {findMethod} from '../cam/table.js';
import type {Graph, Value} from '../graph/graph.js';
import type {Shape} from '../graph/tensor.js';
import {positionCount} from '../ops/adjoint/extent.js';
import type {Kernels} from '../ops/kernels.js';
import {createKernels} from '../runtimes/kernels.js';
import type {Runtime} from '../runtimes/runtime.js';

/** What an explainer is made from. */
export type ExplainerOptions = {
	readonly graph: Graph;
	/** The value whose elements are explained, `[1, classes, …space]`: the logits before a trailing Softmax or ArgMax. */
	readonly logits: string;
	/** Names of the values that can be asked for as layers; each costs memory and a little of the forward pass. */
	readonly layers: readonly string[];
	readonly runtime: Runtime;
	/** More values that `forward` shall answer, e.g. the network's own outputs. */
	readonly fetches?: readonly string[];
};

/** One heatmap, asked for. */
export type ExplainRequest = {
	readonly target: Target;
	/** One of the explainer's layers. */
	readonly layer: string;
	/** A name of `cam/index.ts`, as people write it: `grad-cam`, `hirescam` … */
	readonly method: string;
};

/** One heatmap, unnormalised and at the layer's own resolution. */
export type Explanation = {
	/** `[height, width]`, never negative, never NaN; all zero where nothing speaks for the target. */
	readonly map: Float32Array;
	readonly width: number;
	readonly height: number;
	/** Over the map. */
	readonly min: number;
	readonly max: number;
	/** `[K]` what each channel of the layer counts; absent for methods that weigh every cell by itself. */
	readonly weights?: Float32Array;
	/** Milliseconds from the question to the map. */
	readonly ms: number;
};

/** All pixels of a class, explained at once where the head ends in a resize that mixes a few low-resolution logits: a pixel is then a mix of a few rows. */
export type ClassTable = {
	readonly class: number;
	readonly layer: string;
	/** Grad-CAM for one target of this class, exact: rows are mixed before the ReLU. */
	readonly explain: (target: Target) => Explanation;
};

/** An image that went through the network. */
export type EvaluatedImage = {
	/** `[1, classes, …space]` */
	readonly logits: Float32Array;
	/** Any fetched value. */
	readonly value: (name: string) => Float32Array;
	readonly explain: (request: ExplainRequest) => Promise<Explanation>;
	/** Undefined where the head does not end in such a resize. */
	readonly classTable: (
		request: Pick<ExplainRequest, 'layer'> & {readonly class: number},
	) => Promise<ClassTable | undefined>;
};

/** A network that is ready to be explained: loaded once, then an image, then as many targets as one likes. */
export type Explainer = {
	readonly graph: Graph;
	readonly logits: Value;
	readonly layers: readonly Value[];
	/** Runs the network on a tensor `[1, C, H, W]` that is prepared as the network wants it. */
	readonly forward: (
		feeds: ReadonlyMap<string, Float32Array>,
	) => Promise<EvaluatedImage>;
	readonly dispose: () => Promise<void>;
};

/** Loads a network and plans the walks from its logits to its layers. @throws {ModelError} where no derivative reaches a layer. */
export const createExplainer = async (
	options: ExplainerOptions,
): Promise<Explainer> => {
	const {graph, runtime} = options;
	const logits = graph.values.get(options.logits)!;
	const layers = options.layers.map((name) => graph.values.get(name)!);
	const plans = new Map(
		layers.map(({name}) => [name, planWalk(graph, logits.name, [name])]),
	);
	const fetches = [
		...new Set([
			logits.name,
			...plans.keys(),
			...[...plans.values()].flatMap(({needs}) => needs),
			...(options.fetches ?? []),
		]),
	];
	const session = await runtime.load(graph, fetches);
	const kernels = createKernels(runtime);
	return {
		graph,
		logits,
		layers,
		async forward(feeds) {
			const values = await session.run(feeds, fetches);
			return evaluateImage({graph, logits, layers, plans, values, kernels});
		},
		dispose: session.dispose,
	};
};

type Evaluation = {
	readonly graph: Graph;
	readonly logits: Value;
	readonly layers: readonly Value[];
	readonly plans: ReadonlyMap<string, WalkPlan>;
	readonly values: Values;
	readonly kernels: Kernels;
};

const evaluateImage = ({
	graph,
	logits,
	layers,
	plans,
	values,
	kernels,
}: Evaluation): EvaluatedImage => {
	const explained = new Map(
		layers.map((layer): [string, Explained] => [
			layer.name,
			{
				layer: layer.name,
				walk: plans.get(layer.name)!.bind(values, kernels),
				activations: readActivations(layer, values.get(layer.name)!, kernels),
			},
		]),
	);
	return {
		logits: values.get(logits.name)!,
		value: (name) => values.get(name)!,
		async explain({target, layer, method}) {
			const start = performance.now();
			const {map, weights} = await computeMap(
				findMethod(method)!,
				explained.get(layer)!,
				seedAdjoint(logits.shape, [target]),
			);
			const range = rectify(map);
			const [height, width] = planeOf(graph.values.get(layer)!.shape);
			return {
				map,
				width,
				height,
				...range,
				weights: weights && Float32Array.from(weights),
				ms: performance.now() - start,
			};
		},
		async classTable() {
			return undefined;
		},
	};
};

/** Height and width of the map of a layer: a sequence is one row, a vector one cell. */
const planeOf = (shape: Shape): readonly [number, number] =>
	shape.length === 4 ? [shape[2], shape[3]] : [1, positionCount(shape)];
