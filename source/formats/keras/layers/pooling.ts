import {ModelError} from '../../../errors.js';
import {pool, reduce} from '../../channels-last/pooling.js';
import type {KerasLayer, KerasLayers} from './layer.js';

const pooling = (opType: 'AveragePool' | 'MaxPool'): KerasLayer => ({
	write({writer, output, inputs: [x], config}) {
		const kernel = config.pair('pool_size', [2, 2]);
		pool(writer, output, opType, {
			x,
			kernel,
			strides: config.has('strides') ? config.pair('strides', [1, 1]) : kernel,
			padding: config.text('padding', 'valid'),
		});
	},
});

/** Windows of equal size, side by side. @throws {ModelError} If the sizes do not divide. */
const adaptivePooling = (opType: 'AveragePool' | 'MaxPool'): KerasLayer => ({
	write({writer, output, inputs: [x], config}) {
		const [, ...space] = writer.shapeOf(x);
		const sizes = config.pair('output_size', [1, 1]);
		const kernel = sizes.map((size, axis) => space[axis] / size);
		if (!kernel.every((size) => Number.isInteger(size))) {
			throw new ModelError(
				`Layer ${config.layer} pools ${space[0]}x${space[1]} to ${sizes.join('x')}, in windows of several sizes, which is not known; choose an input size with which it divides evenly`,
			);
		}

		const movement = {strides: kernel, padding: 'valid'};
		pool(writer, output, opType, {x, kernel, ...movement});
	},
});

/** @param axes The axes of a value with channels last. */
const globalPooling = (opType: string, axes = [1, 2]): KerasLayer => ({
	write({writer, output, inputs: [x], config}) {
		reduce(writer, output, opType, {
			x,
			axes,
			keepsAxes: config.flag('keepdims', false),
		});
	},
});

/** Pooling layers. */
export const poolingLayers: KerasLayers = {
	AdaptiveAveragePooling2D: adaptivePooling('AveragePool'),
	AdaptiveMaxPooling2D: adaptivePooling('MaxPool'),
	AveragePooling2D: pooling('AveragePool'),
	// Of tokens.
	GlobalAveragePooling1D: globalPooling('ReduceMean', [1]),
	GlobalAveragePooling2D: globalPooling('ReduceMean'),
	GlobalMaxPooling1D: globalPooling('ReduceMax', [1]),
	GlobalMaxPooling2D: globalPooling('ReduceMax'),
	MaxPooling2D: pooling('MaxPool'),
};
