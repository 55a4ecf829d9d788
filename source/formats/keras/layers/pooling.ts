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

const globalPooling = (opType: string): KerasLayer => ({
	write({writer, output, inputs: [x], config}) {
		reduce(writer, output, opType, {
			x,
			axes: [1, 2],
			keepsAxes: config.flag('keepdims', false),
		});
	},
});

/** Layers that sum pictures up. */
export const poolingLayers: KerasLayers = {
	AveragePooling2D: pooling('AveragePool'),
	GlobalAveragePooling2D: globalPooling('ReduceMean'),
	GlobalMaxPooling2D: globalPooling('ReduceMax'),
	MaxPooling2D: pooling('MaxPool'),
};
