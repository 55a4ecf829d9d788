import {ModelError} from '../../../errors.js';
import {tensorOf} from '../../../graph/tensor.js';
import {elementwise, steps} from '../../channels-last/elementwise.js';
import {
	batchNormalize,
	groupNormalize,
	layerNormalize,
	rootMeanSquareNormalize,
	toUnitLength,
} from '../../channels-last/normalization.js';
import {asChannelsLast} from '../channels-first.js';
import type {Config} from '../config.js';
import type {KerasLayers, LayerCall} from './layer.js';

/** The axes that a layer normalises, counted from the front. @throws {ModelError} If they are not the last ones. */
const lastAxes = (
	{writer, inputs: [x], config}: LayerCall,
	most = Infinity,
): readonly number[] => {
	const {length: rank} = writer.shapeOf(x);
	const given = config.numbers('axis', [-1]);
	const axes = given
		.map((axis) => (axis < 0 ? axis + rank : axis))
		.toSorted((a, b) => a - b);
	if (
		axes.length > most ||
		axes.some((axis, index) => axis !== rank - axes.length + index)
	) {
		throw new ModelError(
			`Layer ${config.layer} normalises the axes ${given.join(', ')} of ${rank}, not the last one; use a model with channels last`,
		);
	}

	return axes;
};

/** Normalises the channels, which come last, or first in a picture with channels first. */
const overChannels = (
	call: LayerCall,
	write: (call: LayerCall) => void,
): void => {
	const {length: rank} = call.writer.shapeOf(call.inputs[0]);
	const [axis] = call.config.numbers('axis', [-1]);
	if (rank === 4 && (axis === 1 || axis === -3)) {
		asChannelsLast(call, write);
	} else {
		lastAxes(call, 1);
		write(call);
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

/** The smallest standard deviation in Keras. */
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
			if (call.config.raw('training') === true) {
				throw new ModelError(
					`Layer ${call.config.layer} normalises as in training, by what else is in a batch; leave out training=True and save the model again`,
				);
			}

			overChannels(call, ({writer, output, inputs, config, weight}) => {
				batchNormalize(writer, output, inputs[0], {
					...parameterInputs(call),
					mean: weight('moving_mean'),
					variance: weight('moving_variance'),
					epsilon: config.number('epsilon', 1e-3),
				});
			});
		},
	},
	GroupNormalization: {
		weights: parameters,
		write(call) {
			overChannels(call, ({writer, output, inputs, config}) => {
				const groups = config.number('groups', 32);
				groupNormalize(writer, output, inputs[0], {
					...parameterInputs(call),
					groups: groups === -1 ? writer.shapeOf(inputs[0]).at(-1)! : groups,
					epsilon: config.number('epsilon', 1e-3),
				});
			});
		},
	},
	LayerNormalization: {
		weights: parameters,
		write(call) {
			const {config} = call;
			if (config.flag('rms_scaling', false)) {
				throw new ModelError(
					`Layer ${config.layer} has "rms_scaling": true, which is not known; use RMSNormalization and save the model again`,
				);
			}

			layerNormalize(call.writer, call.output, call.inputs[0], {
				...parameterInputs(call),
				axes: lastAxes(call),
				epsilon: config.number('epsilon', 1e-3),
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
	RMSNormalization: {
		weights: () => ['scale'],
		write(call) {
			const {writer, output, inputs, config, weight} = call;
			rootMeanSquareNormalize(writer, output, inputs[0], {
				axes: lastAxes(call),
				epsilon: config.number('epsilon', 1e-6),
				scale: weight('scale'),
			});
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
	UnitNormalization: {
		write({writer, output, inputs: [x], config}) {
			const axes = config.numbers('axis', [-1]);
			toUnitLength(writer, output, x, {axes, shortest: 1e-12});
		},
	},
};
