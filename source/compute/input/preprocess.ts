import type {Image} from '../../raster/image.js';
import type {Size, View} from '../../raster/view.js';
import type {InputFormat} from './input-format.js';

/** The luminance weights of red, green and blue that PIL converts to grey with. */
const luminance = [0.299, 0.587, 0.114] as const;

/** The part of an image that a network of this size sees, in pixels of the image: smaller than the image when it is cropped, larger when it is padded. */
export const fitView = (
	image: Size,
	network: Size,
	{resize, cropShare = 1}: Pick<InputFormat, 'resize' | 'cropShare'>,
): View => {
	if (resize === 'stretch') {
		return {x: 0, y: 0, width: image.width, height: image.height};
	}

	const scales = [image.width / network.width, image.height / network.height];
	const scale =
		resize === 'crop' ? Math.min(...scales) * cropShare : Math.max(...scales);
	const width = network.width * scale;
	const height = network.height * scale;
	return {
		x: (image.width - width) / 2,
		y: (image.height - height) / 2,
		width,
		height,
	};
};

/** The pixels along one axis of the image that one network pixel reads: `weights[i]` of pixel `first + i`; none outside it. */
type Tap = {readonly first: number; readonly weights: readonly number[]};

/** Bilinear, with a wider average where the image shrinks: as PIL and torchvision (antialias) do, which networks were trained with. */
const axisTaps = (
	start: number,
	extent: number,
	imageLength: number,
	networkLength: number,
): readonly Tap[] => {
	const step = extent / networkLength;
	const support = Math.max(1, step);
	return Array.from({length: networkLength}, (_, index) => {
		const center = start + (index + 0.5) * step;
		if (center < 0 || center > imageLength) {
			return {first: 0, weights: []};
		}

		const first = Math.max(0, Math.floor(center - support + 0.5));
		const end = Math.min(imageLength, Math.floor(center + support + 0.5));
		const weights = Array.from({length: end - first}, (_weight, at) =>
			Math.max(0, 1 - Math.abs(first + at + 0.5 - center) / support),
		);
		let sum = 0;
		for (const weight of weights) {
			sum += weight;
		}

		return {first, weights: weights.map((weight) => weight / sum)};
	});
};

/** `[height, width, 3]`: red, green and blue of the view, 0–255; NaN outside the image. */
const resampleColors = (
	{width, height, data}: Image,
	view: View,
	network: Size,
): Float32Array => {
	const columns = axisTaps(view.x, view.width, width, network.width);
	const rows = axisTaps(view.y, view.height, height, network.height);
	const wide = new Float32Array(height * network.width * 3);
	for (let y = 0; y < height; y++) {
		for (const [x, {first, weights}] of columns.entries()) {
			for (let channel = 0; channel < 3; channel++) {
				let sum = weights.length === 0 ? Number.NaN : 0;
				for (let at = 0; at < weights.length; at++) {
					sum += weights[at] * data[(y * width + first + at) * 3 + channel];
				}

				wide[(y * network.width + x) * 3 + channel] = sum;
			}
		}
	}

	const line = network.width * 3;
	const colors = new Float32Array(network.height * line);
	for (const [y, {first, weights}] of rows.entries()) {
		for (let at = 0; at < line; at++) {
			let sum = weights.length === 0 ? Number.NaN : 0;
			for (const [tap, weight] of weights.entries()) {
				sum += weight * wide[(first + tap) * line + at];
			}

			colors[y * line + at] = sum;
		}
	}

	return colors;
};

/**
Turns an image into a network's input: the view resampled, `(pixel · scale − mean) / std`, in the network's layout. Padding has the mean colour, which becomes 0.

@returns `[1, channels, height, width]`, or `[1, height, width, channels]` for a network in that layout.
*/
export const preprocess = (
	image: Image,
	format: InputFormat,
	network: Size,
	view: View = fitView(image, network, format),
): Float32Array => {
	const {channels, layout, channelOrder, scale, mean, std} = format;
	const colors = resampleColors(image, view, network);
	const area = network.width * network.height;
	const tensor = new Float32Array(channels * area);
	for (let channel = 0; channel < channels; channel++) {
		const source = channelOrder === 'RGB' ? channel : 2 - channel;
		for (let pixel = 0; pixel < area; pixel++) {
			const offset = pixel * 3;
			const value =
				channels === 1
					? luminance[0] * colors[offset] +
						luminance[1] * colors[offset + 1] +
						luminance[2] * colors[offset + 2]
					: colors[offset + source];
			const at =
				layout === 'NCHW' ? channel * area + pixel : pixel * channels + channel;
			tensor[at] = Number.isNaN(value)
				? 0
				: (value * scale - mean[channel]) / std[channel];
		}
	}

	return tensor;
};
