import {spawn} from 'node:child_process';
import {existsSync, mkdtempSync, rmSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import path from 'node:path';
import {createInterface} from 'node:readline';
import sharp from 'sharp';
import {encodeOnnx} from '../../source/formats/onnx/index.js';
import {openModel} from '../../source/compute/model/load-model.js';
import {packageFile} from '../../source/package-file.js';
import type {Settings} from '../../source/subcommands/explain/job.js';
import {
	runOnWorkers,
	workerCount,
} from '../../source/subcommands/explain/run-jobs.js';
import {
	type Bench,
	type BenchOptions,
	type Figures,
	median,
	round,
} from './bench.js';
import {mobilenetv2, resnet50, vgg16} from './explain/classifiers.js';

const networks = {resnet50, vgg16, mobilenetv2};

/** What is measured: a network, a method, and how many images keep every core busy for some seconds. */
const cases = {
	resnet50: {network: 'resnet50', method: 'grad-cam', images: 32},
	vgg16: {network: 'vgg16', method: 'grad-cam', images: 8},
	mobilenetv2: {network: 'mobilenetv2', method: 'grad-cam', images: 32},
	guided: {network: 'resnet50', method: 'guided-grad-cam', images: 8},
} as const;

type Case = (typeof cases)[keyof typeof cases];

/** Rounds of ours, then the peer's: what else the machine does so weighs on both. */
const rounds = 3;

/** Images of the peer a round; it is slow, and as slow for each. */
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
		withSheet: false,
		force: false,
	};
	const {network} = await openModel(model);
	const workers = workerCount(network({height: 224, width: 224}), images, {});
	const jobs = Array.from({length: images + workers}, (_, index) => ({
		input: image,
		index: index + 1,
		key: '',
		replaceable: new Set<string>(),
	}));
	let done = 0;
	let start = 0;
	for await (const outcome of runOnWorkers(settings, jobs, {size: workers})) {
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

/** Images a second with a network and method, on demand. */
type Peer = {
	readonly measure: () => Promise<number>;
	readonly close: () => void;
};

/** Starts the peer, which is ready when it has tried how many threads suit it. */
const openPeer = async (
	python: string,
	{network, method}: Case,
): Promise<Peer> => {
	const script = packageFile('test/bench/explain/peer.py');
	const child = spawn(python, [script, network, method], {
		stdio: ['pipe', 'pipe', 'inherit'],
	});
	const lines = createInterface(child.stdout)[Symbol.asyncIterator]();
	const read = async () => {
		const line: IteratorResult<string, undefined> = await lines.next();
		if (line.done) {
			throw new Error(`${python} ended early; it needs PyTorch`);
		}

		return line.value;
	};

	await read();
	return {
		async measure() {
			let seconds = 0;
			for (let image = 0; image < peerImages; image++) {
				child.stdin.write('\n');
				// eslint-disable-next-line no-await-in-loop -- one after the other
				seconds += Number(await read());
			}

			return peerImages / seconds;
		},
		close() {
			child.stdin.end();
		},
	};
};

/** Ours and the peer's in turns; the ratio is the median of the rounds' ratios. */
const compare = async (
	each: Case,
	images: {readonly model: string; readonly image: string},
	python: string | undefined,
): Promise<Figures> => {
	const peer = python ? await openPeer(python, each) : undefined;
	const ours: number[] = [];
	const peers: number[] = [];
	/* eslint-disable no-await-in-loop -- each takes all cores */
	try {
		for (let turn = 0; turn < rounds; turn++) {
			ours.push(await measure(images.model, images.image, each));
			if (peer) {
				peers.push(await peer.measure());
			}
		}
	} finally {
		peer?.close();
	}
	/* eslint-enable no-await-in-loop */

	return {
		imagesPerS: round(median(ours), 2),
		...(peer && {
			peerImagesPerS: round(median(peers), 2),
			ratio: round(median(ours.map((rate, index) => rate / peers[index])), 2),
		}),
	};
};

const run = async ({peer, log}: BenchOptions): Promise<Figures> => {
	const folder = mkdtempSync(path.join(tmpdir(), 'gradcam-tui-explain-'));
	const image = path.join(folder, 'noise.jpg');
	const figures: Record<string, Figures> = {};
	try {
		await writeNoise(image, 1);
		for (const [name, each] of Object.entries(cases)) {
			log(`${name}, ${rounds} × ${each.images} images`);
			const model = path.join(folder, `${each.network}.onnx`);
			if (!existsSync(model)) {
				const graph = networks[each.network]();
				writeFileSync(model, encodeOnnx(graph, graph.outputs));
			}

			// eslint-disable-next-line no-await-in-loop -- each takes all cores
			figures[name] = await compare(each, {model, image}, peer);
		}
	} finally {
		rmSync(folder, {recursive: true, force: true});
	}

	return figures;
};

/** Explains many images by several classes each, beside the way that takes a forward and a backward pass a class. */
export const bench: Bench = {name: 'explain', run};
