import {execFileSync} from 'node:child_process';
import {mkdtempSync, rmSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import path from 'node:path';
import sharp from 'sharp';
import {encodeOnnx} from '../../source/formats/onnx/index.js';
import type {Settings} from '../../source/subcommands/explain/job.js';
import {
	runOnWorkers,
	workerCount,
} from '../../source/subcommands/explain/run-jobs.js';
import {type Bench, type BenchOptions, type Figures, round} from './bench.js';
import {mobilenetv2, resnet50, vgg16} from './explain/classifiers.js';

const networks = {resnet50, vgg16, mobilenetv2};

/** What is measured: a network, a method, and how many images keep every core busy for some seconds. */
const cases = {
	resnet50: {network: 'resnet50', method: 'grad-cam', images: 32},
	vgg16: {network: 'vgg16', method: 'grad-cam', images: 8},
	mobilenetv2: {network: 'mobilenetv2', method: 'grad-cam', images: 32},
	guided: {network: 'resnet50', method: 'guided-grad-cam', images: 4},
} as const;

type Case = (typeof cases)[keyof typeof cases];

/** Images that the peer is timed on; it is slow, and as slow for each. */
const peerImages = 2;

const writeNoise = async (file: string, seed: number): Promise<void> => {
	const data = new Uint8Array(224 * 224 * 3);
	for (const index of data.keys()) {
		data[index] = Math.imul(index + 1, 2_654_435_761 + 2 * seed) >>> 24;
	}

	await sharp(data, {raw: {width: 224, height: 224, channels: 3}})
		.jpeg()
		.toFile(file);
};

/** Images a second for top 3 and worst, from files to maps; starting the workers and their first image aside. */
const measure = async (
	model: string,
	image: string,
	{method, images}: Case,
): Promise<number> => {
	const settings: Settings = {
		model,
		manifest: {preset: 'imagenet'},
		runtime: 'auto',
		modelSha256: '',
		question: {top: 3, worst: true, methods: [method]},
		finish: {},
		colors: 'turbo',
		opacity: 0.55,
		folder: '.',
		template: '',
		figureTemplate: '',
		withSingle: false,
		withNpy: false,
		withFigure: false,
		force: false,
	};
	const workers = workerCount(model, images);
	const jobs = Array.from({length: images + workers}, (_, index) => ({
		input: image,
		index: index + 1,
		key: '',
		replaceable: new Set<string>(),
	}));
	let done = 0;
	let start = 0;
	for await (const outcome of runOnWorkers(settings, jobs, workers)) {
		if ('error' in outcome) {
			throw outcome.error;
		}

		done++;
		if (done === workers) {
			start = performance.now();
		}
	}

	return images / ((performance.now() - start) / 1000);
};

const measurePeer = (python: string, {network, method}: Case): number =>
	Number(
		execFileSync(
			python,
			[
				path.join(import.meta.dirname, 'explain/peer.py'),
				network,
				method,
				String(peerImages),
			],
			{encoding: 'utf8'},
		),
	);

const run = async ({peer, log}: BenchOptions): Promise<Figures> => {
	const folder = mkdtempSync(path.join(tmpdir(), 'gradcam-tui-explain-'));
	const image = path.join(folder, 'noise.jpg');
	const figures: Record<string, Figures> = {};
	try {
		await writeNoise(image, 1);
		for (const [name, each] of Object.entries(cases)) {
			log(`${name}, ${each.images} images`);
			const graph = networks[each.network]();
			const model = path.join(folder, `${each.network}.onnx`);
			writeFileSync(model, encodeOnnx(graph, graph.outputs));
			// eslint-disable-next-line no-await-in-loop -- each takes all cores
			const imagesPerS = await measure(model, image, each);
			const peerImagesPerS = peer ? measurePeer(peer, each) : undefined;
			figures[name] = {
				imagesPerS: round(imagesPerS, 2),
				...(peerImagesPerS !== undefined && {
					peerImagesPerS: round(peerImagesPerS, 2),
					ratio: round(imagesPerS / peerImagesPerS, 2),
				}),
			};
		}
	} finally {
		rmSync(folder, {recursive: true, force: true});
	}

	return figures;
};

/** Explains many images by several classes each, beside the way that takes a forward and a backward pass a class. */
export const bench: Bench = {name: 'explain', run};
