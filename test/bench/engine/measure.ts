import process from 'node:process';
import {seedAdjoint} from '../../../source/autodiff/seed.js';
import {planWalk} from '../../../source/autodiff/walk/walk.js';
import {readActivations} from '../../../source/cam/activations.js';
import {computeMaps} from '../../../source/cam/compute-maps.js';
import {findGradientMethod} from '../../../source/cam/find-method.js';
import {findLowResolution} from '../../../source/compute/class-table/plan.js';
import {createExplainer} from '../../../source/compute/explainer.js';
import {densify} from '../../../source/ops/adjoint/dense.js';
import {
	channelCount,
	positionCount,
} from '../../../source/ops/adjoint/extent.js';
import type {Kernels} from '../../../source/ops/rules/kernels.js';
import {createKernels} from '../../../source/runtimes/kernels.js';
import {selectRuntime} from '../../../source/runtimes/select.js';
import {type Figures, round} from '../bench.js';
import type {BenchNetwork} from './networks.js';
import {measurePeer} from './measure-peer.js';
import {startPeer} from './peer.js';
import {
	jumpAbout,
	moveOn,
	type Pixel,
	type PixelOf,
	targetOf,
} from './pixels.js';
import {time, timeInTurn, type Work} from './time.js';

/** As many pixels as a person passes in a long session. */
const session = 10_000;

/**
Measures one network on onnxruntime, beside PyTorch where an interpreter is named.

Pixels jump about, cold in the processor's cache; `moving` says the same of a cursor that moves on. `denseMs` is the gradient of the layer with every adjoint dense, zeros and all, from the logits on; `denseGradCamMs` is Grad-CAM in the same way, which is what PyTorch is asked for.
*/
export const measure = async (
	network: BenchNetwork,
	{peer: python, log}: {peer?: string; log: (line: string) => void},
): Promise<Figures> => {
	const {graph, logits, layer} = network;
	const {runtime} = await selectRuntime('onnxruntime');
	const explainer = await createExplainer({
		...network,
		layers: [layer],
		runtime,
	});
	const {shape} = explainer.logits;
	const feeds = new Map([['image', noise(graph.inputs[0].shape)]]);
	const image = await explainer.forward(feeds);

	const jump = jumpAbout(shape);
	const move = moveOn(shape);
	const explain =
		(method: string, pixelOf = jump) =>
		async (turn: number) =>
			image.explain({target: targetOf(pixelOf(turn), shape), layer, method});

	log('pixels');
	const plan = planWalk(graph, logits, [layer]);
	const kernels = createKernels(runtime);
	const walk = plan.bind(
		new Map(plan.needs.map((name) => [name, image.value(name)])),
		kernels,
	);
	const seedOf = (pixel: Pixel) => seedAdjoint(shape, [targetOf(pixel, shape)]);
	const measurePixels = async (pixelOf: PixelOf) => {
		const alphaMs = await time(
			async (turn) => walk.pooled(seedOf(pixelOf(turn))),
			{turns: 300},
		);
		const gradCamMs = await time(explain('grad-cam', pixelOf), {turns: 300});
		const hirescamMs = await time(explain('hirescam', pixelOf), {turns: 100});
		const layerCamMs = await time(explain('layercam', pixelOf), {turns: 100});
		return {
			alphaMs: round(alphaMs, 3),
			gradCamMs: round(gradCamMs, 3),
			hiResCamMs: round(hirescamMs, 3),
			layerCamMs: round(layerCamMs, 3),
		};
	};

	const activations = readActivations(
		graph.values.get(layer)!,
		image.value(layer),
		kernels,
	);
	const jumping = await measurePixels(jump);

	log(`${session} pixels`);
	for (let turn = 0; turn < session; turn++) {
		// eslint-disable-next-line no-await-in-loop -- As a cursor asks: one after the other.
		await explain('grad-cam')(turn);
	}

	const peakRssMb = process.resourceUsage().maxRSS / 1024;

	log('pixels under a moving cursor');
	const moving = await measurePixels(move);

	log('class tables');
	const [tableMs, bareTableProductMs] = await timeInTurn(
		[
			async (id) => {
				const table = await image.classTable({layer, class: id});
				table!.release();
			},
			mapsProduct(network, kernels, image.value(layer)),
		],
		{turns: 3, warmUp: 2},
	);
	const table = await image.classTable({layer, class: 0});
	const fromTableMs = await time(
		async (turn) => table!.explain({...targetOf(jump(turn), shape), class: 0}),
		{turns: 1000},
	);
	log('forward passes');
	const peer =
		python === undefined ? undefined : await startPeer(python, network);
	const fetching = await createExplainer({
		...network,
		layers: [layer],
		runtime,
	});
	const bare = await runtime.load(graph, [logits]);
	const [forwardMs, bareForwardMs] = await timeInTurn(
		[
			async () => fetching.forward(feeds),
			async () => bare.run(feeds, [logits]),
		],
		{turns: 5, warmUp: 1},
	);
	await fetching.dispose();
	await bare.dispose();

	log('dense fallback');
	const [denseMs, denseGradCamMs] = await timeInTurn(
		[
			async (turn) => walk.gradients(densify(seedOf(jump(turn)))),
			async (turn) =>
				computeMaps(
					findGradientMethod('grad-cam')!,
					{layer, walk, activations},
					densify(seedOf(jump(turn))),
				),
		],
		{turns: 3, warmUp: 1},
	);
	const figures = {
		forwardMs: round(forwardMs),
		bareForwardMs: round(bareForwardMs),
		...jumping,
		moving,
		tableMs: round(tableMs),
		bareTableProductMs: round(bareTableProductMs),
		fromTableUs: round(1000 * fromTableMs),
		denseMs: round(denseMs),
		denseGradCamMs: round(denseGradCamMs),
		...(peer && {
			peer: await measurePeer(peer, {
				log,
				pixelOf: jump,
				explain: explain('grad-cam'),
			}),
		}),
		peakRssMb: round(peakRssMb, 0),
	};
	peer?.stop();
	await explainer.dispose();
	await runtime.dispose();
	return figures;
};

/** The one matrix product that makes the maps of a table, on all cores: by far the most of its work, and a measure of what the machine can do. */
const mapsProduct = (
	{graph, logits, layer}: BenchNetwork,
	kernels: Kernels,
	activations: Float32Array,
): Work => {
	const {shape} = graph.values.get(layer)!;
	const low = graph.values.get(findLowResolution(graph, logits)!.logits)!;
	const [rows, channels] = [positionCount(low.shape), channelCount(shape)];
	const space = positionCount(shape);
	const weights = noise([rows, channels]);
	const operation = {
		node: {opType: 'MatMul', attributes: {}},
		shapes: [
			[rows, channels],
			[channels, space],
		],
		constants: () => [],
		output: [rows, space],
	};
	return async () => kernels.run('maps', operation, [weights, activations]);
};

/** A picture of noise, the same every time. */
export const noise = (shape: readonly number[]): Float32Array => {
	let state = 1;
	return Float32Array.from(
		{length: shape.reduce((count, size) => count * size, 1)},
		() => {
			state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
			return state / 2 ** 31 - 1;
		},
	);
};
