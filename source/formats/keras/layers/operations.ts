import {ModelError} from '../../../errors.js';
import {
	activations,
	leakyRelu,
	type Activation,
} from '../../channels-last/activations.js';
import {clip, elementwise, steps} from '../../channels-last/elementwise.js';
import {reduce} from '../../channels-last/pooling.js';
import {concatenate} from '../../channels-last/shaping.js';
import {softmax} from '../../channels-last/softmax.js';
import type {ListedLayer} from '../topology.js';
import type {KerasLayer} from './layer.js';

/** A function of TensorFlow. */
type Operation = KerasLayer & {
	/** Names of what it takes besides operands; none where left out. */
	readonly settings?: readonly string[];
};

const as = (opType: string): Operation => ({
	write({writer, output, inputs}) {
		elementwise(writer, output, opType, inputs);
	},
});

const activate = (activation: Activation): Operation => ({
	write({writer, output, inputs: [x]}) {
		activation(writer, output, x);
	},
});

const normalizing = (opType: 'Softmax' | 'LogSoftmax'): Operation => ({
	settings: ['axis'],
	write({writer, output, inputs: [x], config}) {
		softmax(writer, output, opType, {x, axis: config.number('axis', -1)});
	},
});

const reducing = (opType: string): Operation => ({
	settings: ['axis', 'keepdims'],
	write({writer, output, inputs: [x], config}) {
		reduce(writer, output, opType, {
			x,
			axes: config.numbers('axis', [...writer.shapeOf(x).keys()]),
			keepsAxes: config.flag('keepdims', false),
		});
	},
});

/** Functions by the names that TensorFlow exports them under. @see https://www.tensorflow.org/api_docs/python/tf */
const operations: Readonly<Record<string, Operation>> = {
	'__operators__.add': as('Add'),
	clip_by_value: {
		settings: ['clip_value_min', 'clip_value_max'],
		write({writer, output, inputs: [x], config}) {
			clip(writer, output, x, {
				min: config.optionalNumber('clip_value_min'),
				max: config.optionalNumber('clip_value_max'),
			});
		},
	},
	concat: {
		settings: ['axis'],
		write({writer, output, inputs, config}) {
			concatenate(writer, output, inputs, config.number('axis', -1));
		},
	},
	'math.abs': as('Abs'),
	'math.add': as('Add'),
	'math.divide': as('Div'),
	'math.exp': as('Exp'),
	'math.log': as('Log'),
	'math.maximum': as('Max'),
	'math.minimum': as('Min'),
	'math.multiply': as('Mul'),
	'math.negative': as('Neg'),
	'math.pow': as('Pow'),
	'math.reciprocal': as('Reciprocal'),
	'math.reduce_max': reducing('ReduceMax'),
	'math.reduce_mean': reducing('ReduceMean'),
	'math.reduce_min': reducing('ReduceMin'),
	'math.reduce_sum': reducing('ReduceSum'),
	'math.rsqrt': {
		write({writer, output, inputs}) {
			const {apply, finish} = steps(writer, output);
			finish('Reciprocal', [apply('Sqrt', inputs)]);
		},
	},
	'math.sigmoid': activate(activations.sigmoid),
	'math.softplus': activate(activations.softplus),
	'math.sqrt': as('Sqrt'),
	'math.square': {
		write({writer, output, inputs: [x]}) {
			elementwise(writer, output, 'Mul', [x, x]);
		},
	},
	'math.subtract': as('Sub'),
	'math.tanh': activate(activations.tanh),
	'math.truediv': as('Div'),
	'nn.elu': activate(activations.elu),
	'nn.gelu': {
		settings: ['approximate'],
		write({writer, output, inputs: [x], config}) {
			const isNear = config.flag('approximate', false);
			activations[isNear ? 'gelu_new' : 'gelu'](writer, output, x);
		},
	},
	'nn.leaky_relu': {
		settings: ['alpha'],
		write({writer, output, inputs: [x], config}) {
			leakyRelu(config.number('alpha', 0.2))(writer, output, x);
		},
	},
	'nn.log_softmax': normalizing('LogSoftmax'),
	'nn.relu': activate(activations.relu),
	'nn.relu6': activate(activations.relu6),
	'nn.selu': activate(activations.selu),
	'nn.silu': activate(activations.silu),
	'nn.softmax': normalizing('Softmax'),
	'nn.softsign': activate(activations.softsign),
};

/**
The function that a TFOpLambda layer stands for.

@throws {ModelError} When it, or an argument of it, is not known.
*/
export const findOperation = (
	{name, config}: ListedLayer,
	settings: Readonly<Record<string, unknown>>,
): KerasLayer => {
	const called = String(config.function);
	if (!Object.hasOwn(operations, called)) {
		throw new ModelError(
			`Layer ${name} is the operation tf.${called}, which is not known; use a layer of Keras instead and save the model again, or convert it to ONNX with tf2onnx`,
		);
	}

	const operation = operations[called];
	const unknown = Object.keys(settings).find(
		(setting) => !operation.settings?.includes(setting),
	);
	if (unknown !== undefined) {
		throw new ModelError(
			`Layer ${name} (tf.${called}) has the argument "${unknown}", which is not known; leave it out and save the model again, or convert it to ONNX with tf2onnx`,
		);
	}

	return operation;
};
