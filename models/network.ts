import {readFile} from 'node:fs/promises';
import {fileURLToPath} from 'node:url';
import * as onnx from 'onnxruntime-node';
import {
	parseManifest,
	type Manifest,
} from '../source/compute/model/manifest.js';
import {type Image} from '../source/raster/image.js';

/** A committed network: logits of a picture of its input size, class by class. */
export type Network = {
	readonly labels: readonly string[];
	readonly run: (image: Image) => Promise<Float32Array>;
};

/**
Opens the network of a folder under models/, as its manifest says.

It asks onnxruntime itself, not the program's own engine: what it measures is the weights.
*/
export async function openNetwork(folder: string): Promise<Network> {
	const at = new URL(`${folder}/`, import.meta.url);
	const text = await readFile(new URL('gradcam.json', at), 'utf8');
	const {inputSize, labels, output, scale, mean, std} = parseManifest(
		JSON.parse(text),
		`models/${folder}/gradcam.json`,
	);
	if (!inputSize || !labels || !output || !scale || !mean || !std) {
		throw new Error(`models/${folder}/gradcam.json leaves something out`);
	}

	const session = await onnx.InferenceSession.create(
		fileURLToPath(new URL('model.onnx', at)),
		{intraOpNumThreads: 1},
	);
	const shape = [1, 3, ...inputSize];
	return {
		labels,
		async run(image) {
			const values = planes(image, {scale, mean, std});
			const input = new onnx.Tensor('float32', values, shape);
			const results = await session.run({[session.inputNames[0]]: input});
			return Float32Array.from(results[output].data, Number);
		},
	};
}

/** Pixels as planes `[3, height, width]` around 0. */
function planes(
	{data}: Image,
	{scale, mean, std}: Required<Pick<Manifest, 'scale' | 'mean' | 'std'>>,
): Float32Array {
	const pixels = data.length / 3;
	const values = new Float32Array(data.length);
	for (let index = 0; index < pixels; index++) {
		for (let channel = 0; channel < 3; channel++) {
			const value = data[index * 3 + channel] * scale;
			values[channel * pixels + index] = (value - mean[channel]) / std[channel];
		}
	}

	return values;
}

/** Which of the classes' planes is highest at each of `count` positions. */
export function strongest(logits: Float32Array, count: number): Uint8Array {
	const classes = logits.length / count;
	return Uint8Array.from({length: count}, (_, at) => {
		let best = 0;
		for (let label = 1; label < classes; label++) {
			if (logits[label * count + at] > logits[best * count + at]) {
				best = label;
			}
		}

		return best;
	});
}
