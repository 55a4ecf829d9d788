import {elementCount} from '../../graph/tensor.js';
import {elementwise} from './elementwise.js';
import {padsOf, transposedPads, type Movement} from './window.js';
import type {ChannelsLastWriter} from './writer.js';

type Convolution = Movement & {
	readonly x: string;
	/** `[height, width, Cin / groups, Cout]`; of a depthwise one `[height, width, C, multiplier]`, of a transposed one `[height, width, Cout, Cin]`. */
	readonly kernel: string;
	/** `[Cout]` */
	readonly bias?: string;
};

/** A kernel in ONNX's order of axes; folded, since it is constant. */
const turned = (
	writer: ChannelsLastWriter,
	kernel: string,
	perm: readonly number[],
) => {
	const name = writer.temporary(kernel);
	writer.plainNode(name, 'Transpose', [writer.plain(kernel)], {perm});
	return name;
};

/** A bias `[Cout]`, which TensorFlow also writes as `[1, 1, 1, Cout]` once it has folded a normalisation into it. */
const biasInput = (writer: ChannelsLastWriter, bias: string | undefined) => {
	if (bias === undefined) {
		return [];
	}

	if (writer.shapeOf(bias).length === 1) {
		return [writer.plain(bias)];
	}

	const flat = writer.temporary(bias);
	writer.plainNode(flat, 'Reshape', [
		writer.plain(bias),
		writer.integers([-1]),
	]);
	return [flat];
};

/** Writes a convolution and what is added to it. TensorFlow may fuse two branches that meet, and call the second one a bias. */
const addBias = (
	writer: ChannelsLastWriter,
	output: string,
	{bias, channels}: {readonly bias?: string; readonly channels: number},
	write: (output: string, bias: readonly string[]) => void,
): void => {
	if (bias === undefined || elementCount(writer.shapeOf(bias)) === channels) {
		write(output, biasInput(writer, bias));
		return;
	}

	const product = writer.temporary(output);
	write(product, []);
	elementwise(writer, output, 'Add', [product, bias]);
};

/** @param weights The kernel in ONNX's layout, `[Cout, Cin / group, height, width]`. */
const writeConv = (
	writer: ChannelsLastWriter,
	output: string,
	convolution: Convolution,
	{weights, group}: {readonly weights: string; readonly group: number},
): void => {
	const {x, kernel, bias, strides, dilations = [1, 1]} = convolution;
	const space = writer.shapeOf(x).slice(1, 3);
	const size = writer.shapeOf(kernel).slice(0, 2);
	const [channels] = writer.shapeOf(weights);
	addBias(writer, output, {bias, channels}, (name, biases) => {
		writer.pictureNode(name, 'Conv', [writer.picture(x), weights, ...biases], {
			kernel_shape: size,
			strides,
			dilations,
			group,
			pads: padsOf(space, size, convolution),
		});
	});
};

/** A convolution; groups follow from the shapes. */
export const convolve = (
	writer: ChannelsLastWriter,
	output: string,
	convolution: Convolution,
): void => {
	const {x, kernel} = convolution;
	writeConv(writer, output, convolution, {
		weights: turned(writer, kernel, [3, 2, 0, 1]),
		group: writer.shapeOf(x)[3] / writer.shapeOf(kernel)[2],
	});
};

/** A convolution of each channel by itself. */
export const convolveDepthwise = (
	writer: ChannelsLastWriter,
	output: string,
	convolution: Convolution,
): void => {
	const {x, kernel} = convolution;
	const group = writer.shapeOf(x)[3];
	const [height, width, , multiplier] = writer.shapeOf(kernel);
	const weights = writer.temporary(kernel);
	writer.plainNode(weights, 'Reshape', [
		turned(writer, kernel, [2, 3, 0, 1]),
		writer.integers([group * multiplier, 1, height, width]),
	]);
	writeConv(writer, output, convolution, {weights, group});
};

/** A transposed convolution. @param size The height and width it makes, where they are said. */
export const convolveTransposed = (
	writer: ChannelsLastWriter,
	output: string,
	convolution: Convolution,
	size?: readonly number[],
): void => {
	const {x, kernel, bias, strides, dilations = [1, 1]} = convolution;
	const [, height, width] = writer.shapeOf(x);
	const window = writer.shapeOf(kernel).slice(0, 2);
	const {pads, added} = transposedPads(
		[height, width],
		window,
		convolution,
		size,
	);
	writer.pictureNode(
		output,
		'ConvTranspose',
		[
			writer.picture(x),
			turned(writer, kernel, [3, 2, 0, 1]),
			...biasInput(writer, bias),
		],
		{
			kernel_shape: window,
			strides,
			dilations,
			group: 1,
			pads,
			output_padding: added,
		},
	);
};
