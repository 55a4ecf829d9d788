import {
	convolve,
	convolveDepthwise,
	convolveTransposed,
} from '../../channels-last/convolution.js';
import {steps} from '../../channels-last/elementwise.js';
import {dense, sumProducts} from '../../channels-last/products.js';
import type {Movement} from '../../channels-last/window.js';
import type {Config} from '../config.js';
import {withActivation, type KerasLayers, type LayerCall} from './layer.js';

const movementOf = (config: Config): Movement => ({
	strides: config.pair('strides', [1, 1]),
	dilations: config.pair('dilation_rate', [1, 1]),
	padding: config.text('padding', 'valid'),
});

const withBias =
	(...kernels: string[]) =>
	(config: Config) =>
		config.flag('use_bias', true) ? [...kernels, 'bias'] : kernels;

const biasOf = ({config, weight}: LayerCall) =>
	config.flag('use_bias', true) ? weight('bias') : undefined;

const convolutionOf = (call: LayerCall, kernel = 'kernel') => ({
	x: call.inputs[0],
	kernel: call.weight(kernel),
	bias: biasOf(call),
	...movementOf(call.config),
});

/** The output size of a transposed convolution, if the layer gives more than its padding. */
const transposedSize = ({config, writer, inputs}: LayerCall) => {
	if (!config.has('output_padding')) {
		return undefined;
	}

	const kernel = config.pair('kernel_size', [1, 1]);
	const strides = config.pair('strides', [1, 1]);
	const added = config.pair('output_padding', [0, 0]);
	const isSame = config.text('padding', 'valid').toLowerCase() === 'same';
	return writer
		.shapeOf(inputs[0])
		.slice(1, 3)
		.map(
			(size, axis) =>
				(size - 1) * strides[axis] +
				kernel[axis] -
				(isSame ? 2 * Math.floor(kernel[axis] / 2) : 0) +
				added[axis],
		);
};

/** Layers with a kernel. */
export const convolutionLayers: KerasLayers = {
	Conv2D: {
		weights: withBias('kernel'),
		write(call) {
			withActivation(call, (output) => {
				convolve(call.writer, output, convolutionOf(call));
			});
		},
	},
	Conv2DTranspose: {
		weights: withBias('kernel'),
		write(call) {
			withActivation(call, (output) => {
				convolveTransposed(
					call.writer,
					output,
					convolutionOf(call),
					transposedSize(call),
				);
			});
		},
	},
	Dense: {
		weights: withBias('kernel'),
		write(call) {
			withActivation(call, (output) => {
				dense(call.writer, output, {
					x: call.inputs[0],
					kernel: call.weight('kernel'),
					bias: biasOf(call),
				});
			});
		},
	},
	EinsumDense: {
		weights: (config) =>
			config.has('bias_axes') ? ['kernel', 'bias'] : ['kernel'],
		write(call) {
			const {writer, inputs, config, weight} = call;
			withActivation(call, (output) => {
				const {apply} = steps(writer, output);
				const hasBias = config.has('bias_axes');
				const product = hasBias ? writer.temporary(output) : output;
				const names = [inputs[0], weight('kernel')];
				sumProducts(writer, product, names, config.text('equation', ''));
				if (hasBias) {
					apply('Add', [product, weight('bias')], output);
				}
			});
		},
	},
	DepthwiseConv2D: {
		weights: withBias('depthwise_kernel'),
		write(call) {
			withActivation(call, (output) => {
				convolveDepthwise(
					call.writer,
					output,
					convolutionOf(call, 'depthwise_kernel'),
				);
			});
		},
	},
	SeparableConv2D: {
		weights: withBias('depthwise_kernel', 'pointwise_kernel'),
		write(call) {
			const {writer, inputs, config, weight} = call;
			withActivation(call, (output) => {
				const each = `${output}:depthwise`;
				convolveDepthwise(writer, each, {
					x: inputs[0],
					kernel: weight('depthwise_kernel'),
					...movementOf(config),
				});
				convolve(writer, output, {
					x: each,
					kernel: weight('pointwise_kernel'),
					bias: biasOf(call),
					strides: [1, 1],
					padding: 'valid',
				});
			});
		},
	},
};
