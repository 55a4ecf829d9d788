import {boundedRelu, elu, leakyRelu} from '../../channels-last/activations.js';
import {elementwise} from '../../channels-last/elementwise.js';
import {softmax} from '../../channels-last/softmax.js';
import {withActivation, type KerasLayers} from './layer.js';

/** Layers that apply a function to each element. */
export const activationLayers: KerasLayers = {
	Activation: {
		write(call) {
			withActivation(call, (output) => {
				call.writer.same(output, call.inputs[0]);
			});
		},
	},
	ELU: {
		write({writer, output, inputs: [x], config}) {
			elu(config.number('alpha', 1))(writer, output, x);
		},
	},
	LeakyReLU: {
		write({writer, output, inputs: [x], config}) {
			const slope = config.number(
				'negative_slope',
				config.number('alpha', 0.3),
			);
			leakyRelu(slope)(writer, output, x);
		},
	},
	PReLU: {
		weights: () => ['alpha'],
		write({writer, output, inputs: [x], weight}) {
			elementwise(writer, output, 'PRelu', [x, weight('alpha')]);
		},
	},
	ReLU: {
		write({writer, output, inputs: [x], config}) {
			boundedRelu({
				max: config.optionalNumber('max_value'),
				slope: config.number('negative_slope', 0),
				threshold: config.number('threshold', 0),
			})(writer, output, x);
		},
	},
	Softmax: {
		write({writer, output, inputs: [x], config}) {
			const [axis] = config.numbers('axis', [-1]);
			softmax(writer, output, 'Softmax', {x, axis});
		},
	},
};
