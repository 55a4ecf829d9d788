import {ModelError} from '../../../errors.js';
import {tensorOf} from '../../../graph/tensor.js';
import {elementwise, steps} from '../../channels-last/elementwise.js';
import {
	batchNormalize,
	layerNormalize,
} from '../../channels-last/normalization.js';
import type {Config} from '../config.js';
import type {KerasLayers, LayerCall} from './layer.js';

/** @throws {ModelError} Where another axis than the last one is normalised. */
const checkLastAxis = ({writer, inputs: [x], config}: LayerCall) => {
	const {length: rank} = writer.shapeOf(x);
	const axes = config.numbers('axis', [-1]);
	if (axes.length !== 1 || (axes[0] !== -1 && axes[0] !== rank - 1)) {
		throw new ModelError(
			`Layer ${config.layer} normalises the axes ${axes.join(', ')} of ${rank}, not the last one; use a model with channels last`,
		);
	}
};

const parameters = (config: Config) => [
	...(config.flag('scale', true) ? ['gamma'] : []),
	...(config.flag('center', true) ? ['beta'] : []),
];

const parameterInputs = ({config, weight}: LayerCall) => ({
	scale: config.flag('scale', true) ? weight('gamma') : undefined,
	shift: config.flag('center', true) ? weight('beta') : undefined,
});

/** Below this no deviation counts, in Keras. */
const smallestDeviation = 1e-7;

/** Layers that scale and shift. */
export const normalizationLayers: KerasLayers = {
	BatchNormalization: {
		weights: (config) => [
			...parameters(config),
			'moving_mean',
			'moving_variance',
		],
		write(call) {
			checkLastAxis(call);
			batchNormalize(call.writer, call.output, call.inputs[0], {
				...parameterInputs(call),
				mean: call.weight('moving_mean'),
				variance: call.weight('moving_variance'),
				epsilon: call.config.number('epsilon', 1e-3),
			});
		},
	},
	LayerNormalization: {
		weights: parameters,
		write(call) {
			checkLastAxis(call);
			layerNormalize(call.writer, call.output, call.inputs[0], {
				...parameterInputs(call),
				epsilon: call.config.number('epsilon', 1e-3),
			});
		},
	},
	// Of ConvNeXt, a layer of keras.applications.
	LayerScale: {
		weights: () => ['gamma'],
		write({writer, output, inputs: [x], weight}) {
			elementwise(writer, output, 'Mul', [x, weight('gamma')]);
		},
	},
	Normalization: {
		// Keras 2 keeps a count behind them, which only training needs.
		weights: (config) => (config.has('mean') ? [] : ['mean', 'variance']),
		write(call) {
			const {writer, output, inputs, config, weight} = call;
			const moment = (name: string) =>
				config.has(name)
					? config.numbers(name, [])
					: writer.numbers(weight(name), `Layer ${config.layer}: its ${name}`);
			const list = (numbers: readonly number[]) =>
				writer.constantFor(tensorOf('float32', numbers));
			const mean = list(moment('mean'));
			const deviation = list(
				moment('variance').map((value) =>
					Math.max(Math.sqrt(value), smallestDeviation),
				),
			);
			const {apply, finish} = steps(writer, output);
			if (config.flag('invert', false)) {
				finish('Add', [apply('Mul', [inputs[0], deviation]), mean]);
			} else {
				finish('Div', [apply('Sub', [inputs[0], mean]), deviation]);
			}
		},
	},
	Rescaling: {
		write({writer, output, inputs: [x], config}) {
			const {apply, finish} = steps(writer, output);
			const list = (name: string, missing: number) =>
				writer.constantFor(
					tensorOf('float32', config.numbers(name, [missing])),
				);
			finish('Add', [apply('Mul', [x, list('scale', 1)]), list('offset', 0)]);
		},
	},
};
