import {mkdtemp, rm, writeFile} from 'node:fs/promises';
import {tmpdir} from 'node:os';
import path from 'node:path';
import process from 'node:process';
import sharp, {type Sharp} from 'sharp';
import {packageFile} from '../../source/package-file.js';
import {
	type LoadedModel,
	loadModel,
} from '../../source/compute/model/load-model.js';
import {
	prepareInput,
	type PreparedInput,
} from '../../source/compute/input/input.js';
import {createPrecompute} from '../../source/compute/precompute/precompute.js';
import {askNetwork} from '../../source/compute/precompute/question.js';
import {encodeOnnx} from '../../source/formats/onnx/index.js';
import type {Image} from '../../source/raster/image.js';
import {type Bench, type Figures, round} from './bench.js';
import {deeplab} from './engine/networks.js';
import {streamMaps} from './precompute/stream-maps.js';

/** As `gradcam-tui precompute` with its defaults. */
const defaults = {top: 250, threshold: 0, stride: 1, upsample: false};

type Measured = {
	readonly seconds: number;
	readonly forwardSeconds: number;
	readonly cpuSeconds: number;
	readonly bytes: number;
};

/** Explains every pixel of a picture as the command does, with the model loaded. */
const measureCsv = async (
	model: LoadedModel,
	input: PreparedInput,
	folder: string,
): Promise<Measured> => {
	const precompute = await createPrecompute(model);
	const before = process.cpuUsage();
	const {record, seconds, forwardSeconds} = await precompute({
		model,
		question: askNetwork(model, input.size, {}),
		options: defaults,
		image: {file: 'bench', sha256: 'bench'},
		input,
		csv: path.join(folder, 'bench.csv'),
		generator: 'bench',
	});
	const {user, system} = process.cpuUsage(before);
	return {
		seconds,
		forwardSeconds,
		cpuSeconds: (user + system) / 1e6,
		bytes: record.bytes,
	};
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
	const model = await loadModel(packageFile('models/street/model.onnx'));
	try {
		const scene = packageFile('fixtures/demo/street.png');
		const picture = await decode(sharp(scene).resize(500, 375, {fit: 'fill'}));
		const {seconds, cpuSeconds, bytes} = await measureCsv(
			model,
			await prepareInput(picture, model),
			folder,
		);
		return {
			pixels: picture.width * picture.height,
			s: round(seconds),
			cpuS: round(cpuSeconds),
			mb: round(bytes / 1e6, 0),
		};
	} finally {
		await model.dispose();
	}
};

/** Writes a large network with random weights, and makes a picture of noise of its size. */
const prepareDeeplab = async (folder: string) => {
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
	return {file, picture: await decode(noise)};
};

/** `maps` are of one class, without choosing points; `csv` has the predicted class of each pixel, from the picture in memory to the file. */
const measureDeeplab = async (folder: string): Promise<Figures> => {
	const {file, picture} = await prepareDeeplab(folder);
	const model = await loadModel(file);
	try {
		const input = await prepareInput(picture, model);
		const maps = await streamMaps(
			model,
			input,
			askNetwork(model, input.size, {class: '0'}),
		);
		const csv = await measureCsv(model, input, folder);
		return {
			pixels: picture.width * picture.height,
			mapsS: round(maps.seconds),
			mapsTableS: round(maps.tableSeconds),
			mapsCpuS: round(maps.cpuSeconds),
			csvForwardS: round(csv.forwardSeconds),
			csvS: round(csv.seconds),
			csvCpuS: round(csv.cpuSeconds),
			mb: round(csv.bytes / 1e6, 0),
		};
	} finally {
		await model.dispose();
	}
};

export const bench: Bench = {
	name: 'precompute',
	async run({log}): Promise<Figures> {
		const folder = await mkdtemp(path.join(tmpdir(), 'gradcam-tui-bench-'));
		try {
			log('a street scene of 500×375 pixels with the embedded network');
			const street = await measureStreet(
				await mkdtemp(path.join(folder, 'street-')),
			);
			log('520×520 pixels with deeplabv3_resnet50');
			return {street, deeplab: await measureDeeplab(folder)};
		} finally {
			await rm(folder, {recursive: true});
		}
	},
};
