import type {Graph} from '../../../source/graph/graph.js';
import {
	type ConvolutionOptions,
	NetworkWriter,
} from '../engine/network-writer.js';

const classes = 1000;
const open = () => new NetworkWriter([1, 3, 224, 224]);

/** Pools the last layer and weighs its channels; a convolution over the one pixel that is left is a dense layer. */
const finish = (
	net: NetworkWriter,
	name: string,
	layer: string,
	toFeatures = (pooled: string) => pooled,
): Graph => {
	const features = toFeatures(net.apply('GlobalAveragePool', layer));
	const scores = net.convolve(features, classes);
	return net.finish(name, net.add('Flatten', [scores], classes));
};

/** @see He et al., "Deep Residual Learning for Image Recognition", CVPR 2016. https://arxiv.org/abs/1512.03385 */
export const resnet50 = (): Graph => {
	const net = open();
	const convolve = (
		input: string,
		channels: number,
		options?: ConvolutionOptions,
	) => net.apply('Relu', net.convolve(input, channels, options));
	let value = net.add(
		'MaxPool',
		[convolve('image', 64, {kernel: 7, stride: 2})],
		64,
		{kernel_shape: [3, 3], strides: [2, 2], pads: [1, 1, 1, 1]},
	);
	for (const [stage, blocks] of [3, 4, 6, 3].entries()) {
		const width = 64 * 2 ** stage;
		for (let block = 0; block < blocks; block++) {
			const stride = block === 0 && stage > 0 ? 2 : 1;
			const narrow = convolve(value, width);
			const spread = convolve(narrow, width, {kernel: 3, stride});
			const wide = net.convolve(spread, 4 * width, {gain: 0.3});
			const residual =
				block === 0
					? net.convolve(value, 4 * width, {stride, gain: 0.7})
					: value;
			value = net.apply('Relu', net.apply('Add', wide, residual));
		}
	}

	return finish(net, 'resnet50', value);
};

/** @see Simonyan and Zisserman, "Very Deep Convolutional Networks", ICLR 2015. https://arxiv.org/abs/1409.1556 */
export const vgg16 = (): Graph => {
	const net = open();
	let value = 'image';
	for (const [channels, count] of [
		[64, 2],
		[128, 2],
		[256, 3],
		[512, 3],
		[512, 3],
	]) {
		for (let layer = 0; layer < count; layer++) {
			value = net.apply('Relu', net.convolve(value, channels, {kernel: 3}));
		}

		value = net.add('MaxPool', [value], channels, {
			kernel_shape: [2, 2],
			strides: [2, 2],
		});
	}

	const dense = (input: string) => net.apply('Relu', net.convolve(input, 4096));
	return finish(net, 'vgg16', value, (pooled) => dense(dense(pooled)));
};

/** @see Sandler et al., "MobileNetV2: Inverted Residuals and Linear Bottlenecks", CVPR 2018, table 2. https://arxiv.org/abs/1801.04381 */
export const mobilenetv2 = (): Graph => {
	const net = open();
	const relu = (value: string) => net.apply('Relu', value);
	let channels = 32;
	let value = relu(net.convolve('image', channels, {kernel: 3, stride: 2}));
	for (const [expansion, out, count, firstStride] of [
		[1, 16, 1, 1],
		[6, 24, 2, 2],
		[6, 32, 3, 2],
		[6, 64, 4, 2],
		[6, 96, 3, 1],
		[6, 160, 3, 2],
		[6, 320, 1, 1],
	]) {
		for (let block = 0; block < count; block++) {
			const stride = block === 0 ? firstStride : 1;
			const wide = channels * expansion;
			const expanded =
				expansion === 1 ? value : relu(net.convolve(value, wide));
			const spread = relu(
				net.convolve(expanded, wide, {kernel: 3, stride, groups: wide}),
			);
			const isResidual = stride === 1 && channels === out;
			const projected = net.convolve(spread, out, {
				gain: isResidual ? 0.3 : 1,
			});
			value = isResidual ? net.apply('Add', projected, value) : projected;
			channels = out;
		}
	}

	return finish(net, 'mobilenetv2', relu(net.convolve(value, 1280)));
};
