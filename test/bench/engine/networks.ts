import type {Graph} from '../../../source/graph/graph.js';
import {type ConvolutionOptions, NetworkWriter} from './network-writer.js';

/** A network, the value that is explained, and the layer at which. */
export type BenchNetwork = {
	readonly graph: Graph;
	readonly logits: string;
	readonly layer: string;
};

const classes = 21;
const size = 520;

/** DeepLabv3 on a ResNet-50 of output stride 8; also its layer before the last stage, on the way to which adjoints become dense. @see Chen et al., "Rethinking Atrous Convolution for Semantic Image Segmentation", 2017. https://arxiv.org/abs/1706.05587 */
export const deeplab = (): BenchNetwork & {readonly inner: string} => {
	const net = new NetworkWriter([1, 3, size, size]);
	const convolve = (
		input: string,
		channels: number,
		options?: ConvolutionOptions,
	) => net.apply('Relu', net.convolve(input, channels, options));

	const bottleneck = (
		input: string,
		width: number,
		options: ConvolutionOptions,
		isFirst: boolean,
	) => {
		const narrow = convolve(input, width);
		const spread = convolve(narrow, width, {...options, kernel: 3});
		const wide = net.convolve(spread, 4 * width, {gain: 0.3});
		const residual = isFirst
			? net.convolve(input, 4 * width, {stride: options.stride, gain: 0.7})
			: input;
		return net.apply('Relu', net.apply('Add', wide, residual));
	};

	const stem = convolve('image', 64, {kernel: 7, stride: 2});
	let value = net.add('MaxPool', [stem], 64, {
		kernel_shape: [3, 3],
		strides: [2, 2],
		pads: [1, 1, 1, 1],
	});
	const stages = [
		{blocks: 3, width: 64, stride: 1, first: 1, dilation: 1},
		{blocks: 4, width: 128, stride: 2, first: 1, dilation: 1},
		{blocks: 6, width: 256, stride: 1, first: 1, dilation: 2},
		{blocks: 3, width: 512, stride: 1, first: 2, dilation: 4},
	];
	let inner = value;
	for (const {blocks, width, stride, first, dilation} of stages) {
		inner = value;
		value = bottleneck(value, width, {stride, dilation: first}, true);
		for (let block = 1; block < blocks; block++) {
			value = bottleneck(value, width, {dilation}, false);
		}
	}

	const layer = value;
	const low = size / 8;
	const pooled = convolve(net.apply('GlobalAveragePool', layer), 256);
	const branches = net.concatenate(
		convolve(layer, 256),
		...[12, 24, 36].map((dilation) =>
			convolve(layer, 256, {kernel: 3, dilation}),
		),
		net.resize(pooled, low, low),
	);
	const head = convolve(convolve(branches, 256), 256, {kernel: 3});
	const logits = net.resize(net.convolve(head, classes), size, size);
	const graph = net.finish('deeplabv3_resnet50', logits);
	return {graph, logits, layer, inner};
};

/** Kernel, expansion, channels, whether it squeezes and excites, activation, stride, dilation. */
type Inverted = readonly [
	number,
	number,
	number,
	boolean,
	'Relu' | 'HardSwish',
	number,
	number,
];

const invertedResiduals: readonly Inverted[] = [
	[3, 16, 16, false, 'Relu', 1, 1],
	[3, 64, 24, false, 'Relu', 2, 1],
	[3, 72, 24, false, 'Relu', 1, 1],
	[5, 72, 40, true, 'Relu', 2, 1],
	[5, 120, 40, true, 'Relu', 1, 1],
	[5, 120, 40, true, 'Relu', 1, 1],
	[3, 240, 80, false, 'HardSwish', 2, 1],
	[3, 200, 80, false, 'HardSwish', 1, 1],
	[3, 184, 80, false, 'HardSwish', 1, 1],
	[3, 184, 80, false, 'HardSwish', 1, 1],
	[3, 480, 112, true, 'HardSwish', 1, 1],
	[3, 672, 112, true, 'HardSwish', 1, 1],
	[5, 672, 160, true, 'HardSwish', 1, 2],
	[5, 960, 160, true, 'HardSwish', 1, 2],
	[5, 960, 160, true, 'HardSwish', 1, 2],
];

/** The block whose output the head also reads, at an eighth of the size. */
const lowBlock = 3;

/** Lite R-ASPP on MobileNetV3-Large. @see Howard et al., "Searching for MobileNetV3", 2019. https://arxiv.org/abs/1905.02244 */
export const lraspp = (): BenchNetwork => {
	const net = new NetworkWriter([1, 3, size, size]);
	const squeeze = (input: string, channels: number, to: number) => {
		const pooled = net.apply('GlobalAveragePool', input);
		const narrow = net.apply('Relu', net.convolve(pooled, to));
		const gate = net.apply('HardSigmoid', net.convolve(narrow, channels));
		return net.apply('Mul', input, gate);
	};

	let channels = 16;
	let value = net.apply(
		'HardSwish',
		net.convolve('image', channels, {kernel: 3, stride: 2}),
	);
	let low = value;
	for (const [index, block] of invertedResiduals.entries()) {
		const [kernel, wide, out, squeezes, activation, stride, dilation] = block;
		const expanded =
			wide === channels
				? value
				: net.apply(activation, net.convolve(value, wide));
		const spread = net.apply(
			activation,
			net.convolve(expanded, wide, {kernel, stride, dilation, groups: wide}),
		);
		const gated = squeezes
			? squeeze(spread, wide, 8 * Math.round(wide / 32))
			: spread;
		const isResidual = stride === 1 && out === channels;
		const projected = net.convolve(gated, out, {gain: isResidual ? 0.3 : 1});
		value = isResidual ? net.apply('Add', projected, value) : projected;
		channels = out;
		if (index === lowBlock) {
			low = value;
		}
	}

	const layer = net.apply('HardSwish', net.convolve(value, 960));
	const narrow = net.apply('Relu', net.convolve(layer, 128));
	const gate = net.apply(
		'Sigmoid',
		net.convolve(net.apply('GlobalAveragePool', layer), 128),
	);
	const high = net.resize(net.apply('Mul', narrow, gate), size / 8, size / 8);
	const sum = net.apply(
		'Add',
		net.convolve(low, classes),
		net.convolve(high, classes),
	);
	const logits = net.resize(sum, size, size);
	return {
		graph: net.finish('lraspp_mobilenet_v3_large', logits),
		logits,
		layer,
	};
};
