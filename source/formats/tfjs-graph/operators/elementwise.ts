import {
	numberAttribute,
	stringAttribute,
} from '../../../ops/node/attributes.js';
import {
	activations,
	leakyRelu,
	type Activation,
} from '../../channels-last/activations.js';
import {elementwise, steps} from '../../channels-last/elementwise.js';
import {softmax} from '../../channels-last/softmax.js';
import type {GraphOperator, GraphOperators} from './operator.js';

/** The same operator as one of ONNX's, input by input. */
const as =
	(opType: string): GraphOperator =>
	(writer, {inputs, outputs}) => {
		elementwise(writer, outputs[0], opType, inputs);
	};

const activate =
	(activation: Activation): GraphOperator =>
	(writer, {inputs, outputs}) => {
		activation(writer, outputs[0], inputs[0]);
	};

/** Sums and the like of any number of values. */
const fold =
	(opType: string): GraphOperator =>
	(writer, {inputs, outputs: [output]}) => {
		if (inputs.length === 1) {
			writer.same(output, inputs[0]);
			return;
		}

		const {apply, finish} = steps(writer, output);
		let sum = inputs[0];
		for (const name of inputs.slice(1, -1)) {
			sum = apply(opType, [sum, name]);
		}

		finish(opType, [sum, inputs.at(-1)!]);
	};

const identity: GraphOperator = (writer, {inputs, outputs}) => {
	writer.same(outputs[0], inputs[0]);
};

/** ONNX's numbers for TensorFlow's types; floats of every size are float32 here. */
const castTypes: Readonly<Record<string, number>> = {
	DT_FLOAT: 1,
	DT_DOUBLE: 1,
	DT_HALF: 1,
	DT_UINT8: 6,
	DT_INT32: 6,
	DT_INT64: 7,
	DT_BOOL: 9,
	// Older converters write the numbers of TensorFlow's enumeration.
	1: 1,
	3: 6,
	9: 7,
	10: 9,
};

const notEqual: GraphOperator = (writer, {inputs, outputs}) => {
	const {apply, finish} = steps(writer, outputs[0]);
	finish('Not', [apply('Equal', inputs)]);
};

/** Operators that answer each element by itself, by their names in TensorFlow. */
export const elementwiseOperators: GraphOperators = {
	Abs: as('Abs'),
	Add: as('Add'),
	AddN: fold('Add'),
	AddV2: as('Add'),
	BiasAdd: as('Add'),
	Cast(writer, {inputs, outputs, attributes}) {
		const to =
			castTypes[stringAttribute({attributes}, 'DstT', 'DT_FLOAT')] ?? 1;
		elementwise(writer, outputs[0], {opType: 'Cast', attributes: {to}}, inputs);
	},
	Ceil: as('Ceil'),
	ClipByValue(writer, {inputs: [x, min, max], outputs: [output]}) {
		const {apply, finish} = steps(writer, output);
		finish('Min', [apply('Max', [x, min]), max]);
	},
	Cos: as('Cos'),
	Div: as('Div'),
	DivNoNan: as('Div'),
	Elu: activate(activations.elu),
	Equal: as('Equal'),
	Erf: as('Erf'),
	Erfc(writer, {inputs, outputs}) {
		const {apply, finish, number} = steps(writer, outputs[0]);
		finish('Sub', [number(1), apply('Erf', inputs)]);
	},
	Exp: as('Exp'),
	Expm1(writer, {inputs, outputs}) {
		const {apply, finish, number} = steps(writer, outputs[0]);
		finish('Sub', [apply('Exp', inputs), number(1)]);
	},
	Floor: as('Floor'),
	FloorDiv(writer, {inputs, outputs: [output]}) {
		const {apply, finish} = steps(writer, output);
		// Integers divide without a rest by themselves; Floor knows only floats.
		const isInteger = inputs.some((name) =>
			writer.constant(name)?.type.startsWith('int'),
		);
		if (isInteger) {
			finish('Div', inputs);
		} else {
			finish('Floor', [apply('Div', inputs)]);
		}
	},
	Greater: as('Greater'),
	GreaterEqual: as('GreaterOrEqual'),
	Identity: identity,
	LeakyRelu(writer, node) {
		const alpha = numberAttribute(node, 'alpha', 0.2);
		leakyRelu(alpha)(writer, node.outputs[0], node.inputs[0]);
	},
	Less: as('Less'),
	LessEqual: as('LessOrEqual'),
	Log: as('Log'),
	Log1p(writer, {inputs, outputs}) {
		const {apply, finish, number} = steps(writer, outputs[0]);
		finish('Log', [apply('Add', [...inputs, number(1)])]);
	},
	LogicalAnd: as('And'),
	LogicalNot: as('Not'),
	LogicalOr: as('Or'),
	LogSoftmax(writer, {inputs, outputs}) {
		softmax(writer, outputs[0], 'LogSoftmax', {x: inputs[0], axis: -1});
	},
	Maximum: as('Max'),
	Minimum: as('Min'),
	Mul: as('Mul'),
	Neg: as('Neg'),
	NotEqual: notEqual,
	Pow: as('Pow'),
	PreventGradient: identity,
	Prelu: as('PRelu'),
	RealDiv: as('Div'),
	Reciprocal: as('Reciprocal'),
	Relu: activate(activations.relu),
	Relu6: activate(activations.relu6),
	Rsqrt(writer, {inputs, outputs}) {
		const {apply, finish} = steps(writer, outputs[0]);
		finish('Reciprocal', [apply('Sqrt', inputs)]);
	},
	Select: as('Where'),
	SelectV2: as('Where'),
	Selu: activate(activations.selu),
	Sigmoid: activate(activations.sigmoid),
	Sign: as('Sign'),
	Sin: as('Sin'),
	Snapshot: identity,
	Softmax(writer, {inputs, outputs}) {
		softmax(writer, outputs[0], 'Softmax', {x: inputs[0], axis: -1});
	},
	Softplus: activate(activations.softplus),
	Softsign: activate(activations.softsign),
	Sqrt: as('Sqrt'),
	Square(writer, {inputs: [x], outputs}) {
		elementwise(writer, outputs[0], 'Mul', [x, x]);
	},
	SquaredDifference(writer, {inputs, outputs}) {
		const {apply, finish} = steps(writer, outputs[0]);
		const difference = apply('Sub', inputs);
		finish('Mul', [difference, difference]);
	},
	StopGradient: identity,
	Sub: as('Sub'),
	Tanh: activate(activations.tanh),
};

/** What a fused operator may do last, by TensorFlow's names. */
export const fusedActivations: Readonly<Record<string, Activation>> = {
	Elu: activations.elu,
	GeluApproximate: activations.gelu_new,
	GeluExact: activations.gelu,
	Relu: activations.relu,
	Relu6: activations.relu6,
	Sigmoid: activations.sigmoid,
	Tanh: activations.tanh,
	_FusedHardSwish: activations.hard_swish,
};
