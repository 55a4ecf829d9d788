import type {DataType} from '../../../graph/tensor.js';
import {
	numberAttribute,
	stringAttribute,
} from '../../../ops/node/attributes.js';
import {
	activations,
	leakyRelu,
	type Activation,
} from '../../channels-last/activations.js';
import {
	castTo,
	elementwise,
	steps,
	type Operation,
} from '../../channels-last/elementwise.js';
import {softmax} from '../../channels-last/softmax.js';
import type {GraphOperator, GraphOperators, GraphWriter} from './operator.js';

/** The same operator as one of ONNX's, input by input. */
const as =
	(operation: Operation): GraphOperator =>
	(writer, {inputs, outputs}) => {
		elementwise(writer, outputs[0], operation, inputs);
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
	for (const [index, output] of outputs.entries()) {
		writer.same(output, inputs[index]);
	}
};

/** What TensorFlow's types are kept as: floats of every size as float32, and integers as int32, as TensorFlow.js has them. */
const castTypes: Readonly<Record<string, DataType>> = {
	DT_FLOAT: 'float32',
	DT_DOUBLE: 'float32',
	DT_HALF: 'float32',
	DT_UINT8: 'int32',
	DT_INT32: 'int32',
	DT_INT64: 'int32',
	DT_BOOL: 'bool',
	// Older converters write the numbers of TensorFlow's enumeration.
	1: 'float32',
	3: 'int32',
	9: 'int32',
	10: 'bool',
};

const isInteger = (writer: GraphWriter, names: readonly string[]) =>
	names.every((name) => writer.typeOf(name).startsWith('int'));

const notEqual: GraphOperator = (writer, {inputs, outputs}) => {
	const {apply, finish} = steps(writer, outputs[0]);
	finish('Not', [apply('Equal', inputs)]);
};

/** Operators that answer each element by itself, by their names in TensorFlow. */
export const elementwiseOperators: GraphOperators = {
	Abs: as('Abs'),
	Acos: as('Acos'),
	Add: as('Add'),
	AddN: fold('Add'),
	AddV2: as('Add'),
	Asin: as('Asin'),
	Asinh: as('Asinh'),
	Atan: as('Atan'),
	Atanh: as('Atanh'),
	BiasAdd: as('Add'),
	Cast(writer, {inputs, outputs, attributes}) {
		const to = stringAttribute({attributes}, 'DstT', 'DT_FLOAT');
		elementwise(writer, outputs[0], castTo(castTypes[to] ?? 'float32'), inputs);
	},
	Ceil: as('Ceil'),
	CheckNumerics: identity,
	ClipByValue(writer, {inputs: [x, min, max], outputs: [output]}) {
		const {apply, finish} = steps(writer, output);
		finish('Min', [apply('Max', [x, min]), max]);
	},
	Cos: as('Cos'),
	Cosh: as('Cosh'),
	Div: as('Div'),
	DivNoNan: as('Div'),
	Elu: activate(activations.elu),
	EnsureShape: identity,
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
		if (isInteger(writer, inputs)) {
			finish('Div', inputs);
		} else {
			finish('Floor', [apply('Div', inputs)]);
		}
	},
	FloorMod(writer, {inputs, outputs: [output]}) {
		const {apply, finish} = steps(writer, output);
		// Of floats, ONNX knows only the remainder with the sign of the dividend.
		if (isInteger(writer, inputs)) {
			finish('Mod', inputs);
		} else {
			const whole = apply('Floor', [apply('Div', inputs)]);
			finish('Sub', [inputs[0], apply('Mul', [whole, inputs[1]])]);
		}
	},
	Greater: as('Greater'),
	GreaterEqual: as('GreaterOrEqual'),
	Identity: identity,
	IdentityN: identity,
	IsFinite(writer, {inputs, outputs}) {
		const {apply, finish} = steps(writer, outputs[0]);
		finish('Not', [
			apply('Or', [apply('IsInf', inputs), apply('IsNaN', inputs)]),
		]);
	},
	IsInf: as('IsInf'),
	IsNan: as('IsNaN'),
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
	PlaceholderWithDefault: identity,
	Pow: as('Pow'),
	PreventGradient: identity,
	Prelu: as('PRelu'),
	RealDiv: as('Div'),
	Reciprocal: as('Reciprocal'),
	Relu: activate(activations.relu),
	Relu6: activate(activations.relu6),
	Round: as('Round'),
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
	Sinh: as('Sinh'),
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
	Tan: as('Tan'),
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
