import {seedAdjoint, type Target} from '../autodiff/seed.js';
import type {Values, WalkPlan} from '../autodiff/walk/walk.js';
import {type Activations, readActivations} from '../cam/activations.js';
import {computeMaps, splitMaps} from '../cam/compute-maps.js';
import {rectify} from '../cam/rectify.js';
import {computeOracleMaps, type OracleMap} from '../cam/oracle-maps.js';
import type {Settings} from '../cam/settings.js';
import {findMethod, isGradientMethod} from '../cam/find-method.js';
import type {Value} from '../graph/graph.js';
import type {Shape} from '../graph/tensor.js';
import {positionCount} from '../ops/adjoint/extent.js';
import type {Kernels} from '../ops/rules/kernels.js';
import type {ClassTable} from './class-table/class-table.js';
import type {LayerTables} from './class-table/layer-tables.js';
import {cutBatches, targetsAtOnce} from './target-batch.js';
import type {openInput} from './oracle/oracle.js';

/** A request for one heatmap. */
export type ExplainRequest = {
	readonly target: Target;
	/** One of the explainer's layers. */
	readonly layer: string;
	/** A name from `cam/methods/index.ts`, as typed: `grad-cam`, `hirescam` … */
	readonly method: string;
	/** For methods with noise or an integral. */
	readonly settings?: Settings;
	/** Reports how many passes are done, for methods that take several. */
	readonly onProgress?: (done: number, total: number) => void;
};

/** A heatmap, unnormalised and at the layer's own resolution, or the input's for methods that weigh the input. */
export type Explanation = {
	/** `[height, width]`, never negative, never NaN; all zero where nothing speaks for the target. */
	readonly map: Float32Array;
	readonly width: number;
	readonly height: number;
	/** Of the map. */
	readonly min: number;
	readonly max: number;
	/** `[C, H, W]`: the signed contribution of each number of the input; for methods that weigh the input. */
	readonly attribution?: Float32Array;
	/** Milliseconds for this map. */
	readonly ms: number;
};

/** An image that the network has run on, ready for questions. */
export type EvaluatedImage = {
	/** `[1, classes, …space]` */
	readonly logits: Float32Array;
	/** Any fetched value. */
	readonly value: (name: string) => Float32Array;
	/** A layer's forward values. */
	readonly activations: (layer: string) => Activations;
	readonly explain: (request: ExplainRequest) => Promise<Explanation>;
	/** A batch of targets, which share the walk where the method allows it. */
	readonly explainAll: (
		request: Omit<ExplainRequest, 'target'> & {
			readonly targets: readonly Target[];
		},
	) => Promise<readonly Explanation[]>;
	/** All pixels of a class, explained by Grad-CAM; undefined where the head does not end in a resize that mixes a few low-resolution logits. */
	readonly classTable: (
		request: Pick<ExplainRequest, 'layer'> & {readonly class: number},
	) => Promise<ClassTable | undefined>;
	/** Releases what the runtime holds of the image. Further questions upload it again. */
	readonly dispose: () => Promise<void>;
};

/** What is prepared for a layer, once per network. */
export type PreparedLayer = {
	readonly value: Value;
	readonly plan: WalkPlan;
	/** Undefined where the head does not end in a resize. */
	readonly tables: LayerTables | undefined;
};

/** The means of computation. */
export type Tools = {
	readonly kernels: Kernels;
	readonly openOracle: ReturnType<typeof openInput>;
	/** Numbers in the input. */
	readonly inputSize: number;
};

/** Prepares the forward values of an image to be explained. */
export const evaluateImage = (
	logits: Value,
	layers: readonly PreparedLayer[],
	values: Values,
	{kernels, openOracle, inputSize}: Tools,
): EvaluatedImage => {
	const bound = new Map(
		layers.map(({value, plan, tables}) => {
			const layer = value.name;
			const data = values.get(layer)!;
			const own = new Map(
				[layer, ...plan.needs].map((name) => [name, values.get(name)!]),
			);
			return [
				layer,
				{
					...planeOf(value.shape),
					explained: {
						layer,
						walk: plan.bind(own, kernels),
						activations: readActivations(value, data, kernels),
					},
					table: tables?.bind(own),
				},
			];
		}),
	);
	const layerOf = (name: string) => {
		const layer = bound.get(name);
		if (!layer) {
			throw new RangeError(`${name} is none of the explainer's layers`);
		}

		return layer;
	};

	/** The maps of a batch of targets, before their ReLU. */
	const mapsOf = async (
		targets: readonly Target[],
		{layer, method, settings, onProgress}: Omit<ExplainRequest, 'target'>,
	): Promise<readonly OracleMap[]> => {
		const {explained, width, height} = layerOf(layer);
		const seed = seedAdjoint(logits.shape, targets);
		const found = findMethod(method)!;
		if (isGradientMethod(found)) {
			const maps = await computeMaps(found, explained, seed);
			return splitMaps(maps, targets.length).map((map) => ({
				map,
				width,
				height,
			}));
		}

		return computeOracleMaps(
			found,
			openOracle({
				seed,
				layer: {...explained, width, height},
				settings,
				onProgress,
			}),
		);
	};

	const evaluated: EvaluatedImage = {
		logits: values.get(logits.name)!,
		value: (name) => values.get(name)!,
		activations: (layer) => layerOf(layer).explained.activations,
		async explain({target, ...request}) {
			const [explanation] = await evaluated.explainAll({
				...request,
				targets: [target],
			});
			return explanation;
		},
		async explainAll({targets, ...request}) {
			const start = performance.now();
			const {onProgress} = request;
			const batches = cutBatches(
				targets,
				targetsAtOnce(findMethod(request.method)!, {
					layer: layerOf(request.layer).explained.activations.data.length,
					input: inputSize,
				}),
			);
			const maps: OracleMap[] = [];
			for (const [index, batch] of batches.entries()) {
				// eslint-disable-next-line no-await-in-loop -- Together they would not fit.
				const found = await mapsOf(batch, {
					...request,
					onProgress:
						onProgress &&
						((done, total) => {
							onProgress(index * total + done, batches.length * total);
						}),
				});
				maps.push(...found);
			}

			const ms = (performance.now() - start) / targets.length;
			return maps.map((each) => ({...each, ...rectify(each.map), ms}));
		},
		classTable: async (request) =>
			layerOf(request.layer).table?.(request.class),
		async dispose() {
			await Promise.all(
				[...bound.values()].map(async ({explained}) =>
					explained.activations.dispose(),
				),
			);
		},
	};
	return evaluated;
};

/** The size of a layer's map: a sequence is one row, a vector one cell. */
const planeOf = (shape: Shape) =>
	shape.length === 4
		? {width: shape[3], height: shape[2]}
		: {width: positionCount(shape), height: 1};
