import path from 'node:path';
import {
	createExplainer,
	type ExplainerOptions,
} from '../../source/compute/explainer.js';
import {prepareInput} from '../../source/compute/input/input.js';
import {
	type LoadedModel,
	loadModel,
} from '../../source/compute/model/load-model.js';
import type {Runtime} from '../../source/runtimes/runtime.js';
import {selectRuntime} from '../../source/runtimes/select.js';
import {type Bench, type Figures, round} from './bench.js';
import {noise} from './engine/measure.js';
import {timeInTurn} from './engine/time.js';
import {deeplab} from './engine/networks.js';

const root = path.resolve(import.meta.dirname, '../..');

/** The GPU's before the CPU's, since a process holds one TensorFlow. */
const names = ['wasm', 'onnxruntime', 'tfjs-node-gpu', 'tfjs-node'];

/** @throws {Error} where it is not installed, or is not what its name says: tfjs-node-gpu also runs without a GPU. */
const openRuntime = async (name: string): Promise<Runtime> => {
	const {runtime} = await selectRuntime(name);
	const hasGpu = runtime.hasGpu ?? false;
	if (hasGpu !== (name === 'tfjs-node-gpu')) {
		await runtime.dispose();
		throw new Error(
			`it would run on ${runtime.description}, which is measured under another name`,
		);
	}

	return runtime;
};

/** A network on a runtime, and what is done with it. */
const createSubject = async (
	network: Omit<ExplainerOptions, 'layers'> & {readonly layer: string},
	tensor: Float32Array,
) => {
	const {graph, layer} = network;
	const explainer = await createExplainer({...network, layers: [layer]});
	const feeds = new Map([[graph.inputs[0].name, tensor]]);
	const forward = async () => explainer.forward(feeds);
	const image = await forward();
	const [, classes, height, width] = explainer.logits.shape;
	/** Jumps about, so that no pixel finds its neighbour's data in the cache. */
	const explain = async (turn: number, of = image) =>
		of.explain({
			target: {
				class: turn % classes,
				pixels: [{position: (turn * 7919) % (width * height)}],
			},
			layer,
			method: 'grad-cam',
		});
	return {forward, explain, dispose: explainer.dispose};
};

const openDeeplab = async (runtime: Runtime) => {
	const network = deeplab();
	return createSubject(
		{...network, runtime},
		noise(network.graph.inputs[0].shape),
	);
};

const openStreet = async (model: LoadedModel) => {
	const picture = path.join(root, 'fixtures/demo/street.png');
	const {size, tensor} = await prepareInput(picture, model);
	const {graph, logits, defaultLayer: layer} = model.network(size);
	return createSubject(
		{graph, logits: logits.name, layer, runtime: model.runtime},
		tensor,
	);
};

/** The same work on every runtime that is installed, in turn: the forward pass of a large network, Grad-CAM of a pixel that was not asked about before, and the embedded network from the picture to a heatmap. */
export const bench: Bench = {
	name: 'runtimes',
	async run({log}): Promise<Figures> {
		const runtimes: Runtime[] = [];
		const figures: Record<string, Figures | null> = {};
		/* eslint-disable no-await-in-loop -- They share the machine's cores. */
		for (const name of names) {
			try {
				runtimes.push(await openRuntime(name));
			} catch (error) {
				figures[name] = null;
				log(error instanceof Error ? error.message : String(error));
			}
		}

		log('the embedded network');
		const models: LoadedModel[] = [];
		const streets: Array<Awaited<ReturnType<typeof openStreet>>> = [];
		for (const {name} of runtimes) {
			const model = await loadModel(
				path.join(root, 'models/street/model.onnx'),
				{runtime: name},
			);
			models.push(model);
			streets.push(await openStreet(model));
		}

		const streetMs = await timeInTurn(
			streets.map(({forward, explain}) => async (turn: number) => {
				await explain(turn, await forward());
			}),
			{turns: 15, warmUp: 5},
		);

		log('deeplabv3_resnet50, 520×520 pixels, which takes a minute or two');
		const deeplabs: Array<Awaited<ReturnType<typeof openDeeplab>>> = [];
		for (const runtime of runtimes) {
			deeplabs.push(await openDeeplab(runtime));
		}

		const forwardMs = await timeInTurn(
			deeplabs.map(({forward}) => forward),
			{turns: 3, warmUp: 0},
		);
		const coldPixelMs = await timeInTurn(
			deeplabs.map(
				({explain}) =>
					async (turn: number) =>
						explain(turn),
			),
			{turns: 15, warmUp: 5},
		);
		for (const {dispose} of [...streets, ...deeplabs, ...models, ...runtimes]) {
			await dispose();
		}

		/* eslint-enable no-await-in-loop */
		for (const [index, {name}] of runtimes.entries()) {
			figures[name] = {
				forwardMs: round(forwardMs[index]),
				coldPixelMs: round(coldPixelMs[index], 3),
				streetMs: round(streetMs[index]),
			};
		}

		return figures;
	},
};
