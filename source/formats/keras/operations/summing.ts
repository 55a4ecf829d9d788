import {steps} from '../../channels-last/elementwise.js';
import {toUnitLength} from '../../channels-last/normalization.js';
import {pool, reduce} from '../../channels-last/pooling.js';
import {dense, multiply, sumProducts} from '../../channels-last/products.js';
import type {LayerCall} from '../layers/layer.js';
import type {Operation} from './operation.js';

const settings = ['axis', 'keepdims'];

const axesOf = ({writer, inputs: [x], config}: LayerCall) =>
	config.numbers('axis', [...writer.shapeOf(x).keys()]);

/** A sum, mean, minimum or maximum over some or all axes. */
export const reducing = (opType: string): Operation => ({
	settings,
	write(call) {
		const {writer, output, inputs, config} = call;
		reduce(writer, output, opType, {
			x: inputs[0],
			axes: axesOf(call),
			keepsAxes: config.flag('keepdims', false),
		});
	},
});

const writeVariance = (call: LayerCall, output: string): void => {
	const {writer, inputs, config} = call;
	const {apply} = steps(writer, output);
	const axes = axesOf(call);
	const mean = writer.temporary(output);
	reduce(writer, mean, 'ReduceMean', {x: inputs[0], axes, keepsAxes: true});
	const centered = apply('Sub', [inputs[0], mean]);
	reduce(writer, output, 'ReduceMean', {
		x: apply('Mul', [centered, centered]),
		axes,
		keepsAxes: config.flag('keepdims', false),
	});
};

/** The variance. */
export const variance: Operation = {
	settings,
	write(call) {
		writeVariance(call, call.output);
	},
};

/** The standard deviation. */
export const deviation: Operation = {
	settings,
	write(call) {
		const {writer, output} = call;
		const squared = writer.temporary(output);
		writeVariance(call, squared);
		steps(writer, output).finish('Sqrt', [squared]);
	},
};

/**
Divides by the Euclidean length, or by a smallest length if that is greater.

@param shortest The smallest length, from the setting `epsilon`.
@param epsilon The default of that setting.
*/
export const unitLength = (
	shortest: (epsilon: number) => number,
	epsilon: number,
): Operation => ({
	settings: ['axis', 'order', 'epsilon'],
	write(call) {
		const {writer, output, inputs, config} = call;
		toUnitLength(writer, output, inputs[0], {
			axes: axesOf(call),
			shortest: shortest(config.number('epsilon', epsilon)),
		});
	},
});

/** A product of matrices. */
export const multiplying: Operation = {
	settings: ['transpose_a', 'transpose_b'],
	write({writer, output, inputs: [a, b], config}) {
		const turnsA = config.flag('transpose_a', false);
		const turnsB = config.flag('transpose_b', false);
		const isDense =
			!turnsA && !turnsB && writer.constant(b)?.shape.length === 2;
		if (isDense) {
			dense(writer, output, {x: a, kernel: b});
		} else {
			multiply(writer, output, {a, b, turnsA, turnsB});
		}
	},
};

/** A sum of products over named axes. */
export const summingProducts: Operation = {
	settings: ['subscripts'],
	write({writer, output, inputs, config}) {
		sumProducts(writer, output, inputs, config.text('subscripts', ''));
	},
};

/** @param size The name of the setting with the window's size. */
export const pooling = (
	opType: 'AveragePool' | 'MaxPool',
	size: string,
): Operation => ({
	settings: [size, 'strides', 'padding', 'data_format'],
	write({writer, output, inputs: [x], config}) {
		const kernel = config.pair(size, [1, 1]);
		pool(writer, output, opType, {
			x,
			kernel,
			strides: config.has('strides') ? config.pair('strides', [1, 1]) : kernel,
			padding: config.text('padding', 'valid'),
		});
	},
});
