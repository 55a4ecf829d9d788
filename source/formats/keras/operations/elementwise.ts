import {ModelError} from '../../../errors.js';
import {numbersOf, tensorOf} from '../../../graph/tensor.js';
import {
	activations,
	elu,
	leakyRelu,
	type Activation,
} from '../../channels-last/activations.js';
import {clip, elementwise, steps} from '../../channels-last/elementwise.js';
import {softmax} from '../../channels-last/softmax.js';
import type {LayerCall} from '../layers/layer.js';
import type {Operation} from './operation.js';

/** Writes the operands; next to sizes they are whole numbers too. */
export const alike = ({writer, inputs}: LayerCall): readonly string[] => {
	const constants = inputs.map((name) => writer.constant(name));
	const whole = constants.find((tensor) => tensor?.type.startsWith('int'));
	return inputs.map((name, index) => {
		const tensor = constants[index];
		return whole && tensor && tensor.type !== whole.type
			? writer.constantFor(
					tensorOf(whole.type, numbersOf(tensor), tensor.shape),
				)
			: name;
	});
};

/** An elementwise operator of ONNX. */
export const as = (opType: string): Operation => ({
	write(call) {
		elementwise(call.writer, call.output, opType, alike(call));
	},
});

/** True division; as floats, since ONNX drops the remainder of whole numbers. */
export const dividing: Operation = {
	write({writer, output, inputs}) {
		const {apply, finish} = steps(writer, output);
		const isWhole = inputs.some((name) =>
			writer.constant(name)?.type.startsWith('int'),
		);
		const toFloat = {opType: 'Cast', attributes: {to: 1}};
		finish(
			'Div',
			isWhole ? inputs.map((name) => apply(toFloat, [name])) : inputs,
		);
	},
};

/** Division without remainder. */
export const floorDividing: Operation = {
	write(call) {
		const {writer, output} = call;
		const operands = alike(call);
		const {apply, finish} = steps(writer, output);
		if (writer.constant(operands[0])?.type.startsWith('int')) {
			finish('Div', operands);
		} else {
			finish('Floor', [apply('Div', operands)]);
		}
	},
};

/** An activation as a function. */
export const activate = (activation: Activation): Operation => ({
	write({writer, output, inputs: [x]}) {
		activation(writer, output, x);
	},
});

/** `x²` */
export const squaring: Operation = {
	write({writer, output, inputs: [x]}) {
		elementwise(writer, output, 'Mul', [x, x]);
	},
};

/** `(a − b)²` */
export const squaringDifference: Operation = {
	write({writer, output, inputs}) {
		const {apply, finish} = steps(writer, output);
		const difference = apply('Sub', inputs);
		finish('Mul', [difference, difference]);
	},
};

/** `1 / √x` */
export const inverseRoot: Operation = {
	write({writer, output, inputs}) {
		const {apply, finish} = steps(writer, output);
		finish('Reciprocal', [apply('Sqrt', inputs)]);
	},
};

/** @param slope The name of the setting with the slope. */
export const leaking = (slope: string): Operation => ({
	settings: [slope],
	write({writer, output, inputs: [x], config}) {
		leakyRelu(config.number(slope, 0.2))(writer, output, x);
	},
});

/** `x`, and below zero `alpha · (exp(x) − 1)`. */
export const eluOperation: Operation = {
	settings: ['alpha'],
	write({writer, output, inputs: [x], config}) {
		elu(config.number('alpha', 1))(writer, output, x);
	},
};

/** @param isNear Whether it is approximated by default. */
export const geluOperation = (isNear: boolean): Operation => ({
	settings: ['approximate'],
	write({writer, output, inputs: [x], config}) {
		const name = config.flag('approximate', isNear) ? 'gelu_new' : 'gelu';
		activations[name](writer, output, x);
	},
});

/** Softmax along the setting `axis`, or its logarithm. */
export const normalizing = (opType: 'Softmax' | 'LogSoftmax'): Operation => ({
	settings: ['axis'],
	write({writer, output, inputs: [x], config}) {
		softmax(writer, output, opType, {x, axis: config.number('axis', -1)});
	},
});

/**
Clips to bounds, either of which may be left out.

@param min The name of the setting with the lower bound.
@param max The name of the setting with the upper bound.
*/
export const clipping = (min: string, max: string): Operation => ({
	settings: [min, max],
	write({writer, output, inputs: [x], config}) {
		clip(writer, output, x, {
			min: config.optionalNumber(min),
			max: config.optionalNumber(max),
		});
	},
});

/** ONNX's type numbers; floats of every size become float32. */
const castTypes: Readonly<Record<string, number>> = {
	bfloat16: 1,
	bool: 9,
	float16: 1,
	float32: 1,
	float64: 1,
	int32: 6,
	int64: 7,
	uint8: 6,
};

/** Converts numbers to another type. */
export const casting: Operation = {
	settings: ['dtype'],
	write({writer, output, inputs, config}) {
		const to = castTypes[config.text('dtype', 'float32')];
		if (to === undefined) {
			throw new ModelError(
				`Layer ${config.layer} makes ${config.text('dtype', '')} of numbers, which is not known; use float32 or int32`,
			);
		}

		elementwise(writer, output, {opType: 'Cast', attributes: {to}}, inputs);
	},
};

/** Passes its input on, as functions do that only matter in training. */
export const passing: Operation = {
	write({writer, output, inputs: [x]}) {
		writer.same(output, x);
	},
};
