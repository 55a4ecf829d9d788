import {mkdtemp, rm, writeFile} from 'node:fs/promises';
import {tmpdir} from 'node:os';
import path from 'node:path';
import process from 'node:process';
import sharp, {type Sharp} from 'sharp';
import {loadModel} from '../../source/compute/load-model.js';
import {prepareInput} from '../../source/compute/input.js';
import {createPrecompute} from '../../source/compute/precompute/precompute.js';
import {askNetwork} from '../../source/compute/precompute/question.js';
import {encodeOnnx} from '../../source/formats/onnx/index.js';
import type {Image} from '../../source/raster/image.js';
import {type Bench, type Figures, round} from './bench.js';
import {deeplab} from './engine/networks.js';

const root = path.resolve(import.meta.dirname, '../..');

/** As `gradcam-tui precompute` with its defaults. */
const defaults = {top: 250, threshold: 0, stride: 1, upsample: false};

type Measured = {
	readonly pixels: number;
	readonly seconds: number;
	readonly forwardSeconds: number;
	readonly cpuSeconds: number;
	readonly bytes: number;
};

/** Explains every pixel of a picture for each number of points, one after the other, with the model loaded once. */
const measure = async (
	modelFile: string,
	picture: Image,
	folder: string,
	tops: readonly number[],
): Promise<readonly Measured[]> => {
	const model = await loadModel(modelFile);
	try {
		const precompute = await createPrecompute(model);
		const input = await prepareInput(picture, model);
		const question = askNetwork(model, input.size, {});
		const measured: Measured[] = [];
		for (const top of tops) {
			const before = process.cpuUsage();
			// eslint-disable-next-line no-await-in-loop -- Runs side by side would slow each other.
			const {record, seconds, forwardSeconds} = await precompute({
				model,
				question,
				options: {...defaults, top},
				image: {file: 'bench', sha256: 'bench'},
				input,
				csv: path.join(folder, `top-${top}.csv`),
				force: true,
				generator: 'bench',
			});
			const {user, system} = process.cpuUsage(before);
			measured.push({
				pixels: picture.width * picture.height,
				seconds,
				forwardSeconds,
				cpuSeconds: (user + system) / 1e6,
				bytes: record.bytes,
			});
		}

		return measured;
	} finally {
		await model.dispose();
	}
};

const decode = async (picture: Sharp): Promise<Image> => {
	const {data, info} = await picture
		.removeAlpha()
		.raw()
		.toBuffer({resolveWithObject: true});
	return {width: info.width, height: info.height, data: new Uint8Array(data)};
};

/** The embedded network on a street scene of the size of a VOC image. */
const measureStreet = async (folder: string): Promise<Figures> => {
	const scene = path.join(root, 'fixtures/demo/street.png');
	const [{pixels, seconds, cpuSeconds, bytes}] = await measure(
		path.join(root, 'models/street/model.onnx'),
		await decode(sharp(scene).resize(500, 375, {fit: 'fill'})),
		folder,
		[defaults.top],
	);
	return {
		pixels,
		s: round(seconds),
		cpuS: round(cpuSeconds),
		mb: round(bytes / 1e6, 0),
	};
};

/** A large network with random weights on noise. A single point a pixel costs the map and next to nothing else. */
const measureDeeplab = async (folder: string): Promise<Figures> => {
	const {graph, logits, layer} = deeplab();
	const file = path.join(folder, 'deeplab.onnx');
	await writeFile(file, encodeOnnx(graph, [logits]));
	await writeFile(path.join(folder, 'gradcam.json'), JSON.stringify({layer}));
	const [height, width] = graph.inputs[0].shape.slice(2);
	const noise = sharp({
		create: {
			width,
			height,
			channels: 3,
			background: 'black',
			noise: {type: 'gaussian', mean: 128, sigma: 60},
		},
	});
	const [maps, csv] = await measure(file, await decode(noise), folder, [
		1,
		defaults.top,
	]);
	return {
		pixels: maps.pixels,
		forwardS: round(maps.forwardSeconds),
		mapsS: round(maps.seconds - maps.forwardSeconds),
		csvS: round(csv.seconds),
		cpuS: round(csv.cpuSeconds),
		mb: round(csv.bytes / 1e6, 0),
	};
};

export const bench: Bench = {
	name: 'precompute',
	async run({log}): Promise<Figures> {
		const folder = await mkdtemp(path.join(tmpdir(), 'gradcam-tui-bench-'));
		try {
			log('a street scene of 500×375 pixels with the embedded network');
			const street = await measureStreet(folder);
			log('520×520 pixels with deeplabv3_resnet50');
			return {street, deeplab: await measureDeeplab(folder)};
		} finally {
			await rm(folder, {recursive: true});
		}
	},
};
