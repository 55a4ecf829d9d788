import type {Node} from '../../graph/graph.js';
import {clip, elementwise, steps} from './elementwise.js';
import {softmax} from './softmax.js';
import type {ChannelsLastWriter} from './writer.js';

/** Writes the function of `x` that a network calls by one name. */
export type Activation = (
	writer: ChannelsLastWriter,
	output: string,
	x: string,
) => void;

const operator =
	(opType: string, attributes: Node['attributes'] = {}): Activation =>
	(writer, output, x) => {
		elementwise(writer, output, {opType, attributes}, [x]);
	};

const swish: Activation = (writer, output, x) => {
	const {apply, finish} = steps(writer, output);
	finish('Mul', [x, apply('Sigmoid', [x])]);
};

const softsign: Activation = (writer, output, x) => {
	const {apply, finish, number} = steps(writer, output);
	finish('Div', [x, apply('Add', [apply('Abs', [x]), number(1)])]);
};

const hardTanh: Activation = (writer, output, x) => {
	clip(writer, output, x, {min: -1, max: 1});
};

/** `log(sigmoid(x))`, which is `−softplus(−x)`. */
const logSigmoid: Activation = (writer, output, x) => {
	const {apply, finish} = steps(writer, output);
	finish('Neg', [apply('Softplus', [apply('Neg', [x])])]);
};

/** `(x + √(x² + 4)) / 2` */
const squareplus: Activation = (writer, output, x) => {
	const {apply, finish, number} = steps(writer, output);
	const square = apply('Add', [apply('Mul', [x, x]), number(4)]);
	const sum = apply('Add', [x, apply('Sqrt', [square])]);
	finish('Mul', [sum, number(0.5)]);
};

const sparseSigmoid = operator('HardSigmoid', {alpha: 0.5, beta: 0.5});

/** The integral of the sparse sigmoid: 0 up to −1, `x` from 1 on, a parabola between. */
const sparsePlus: Activation = (writer, output, x) => {
	const {apply, finish, number} = steps(writer, output);
	const inner = writer.temporary(output);
	sparseSigmoid(writer, inner, x);
	const beyond = apply('Relu', [apply('Sub', [x, number(1)])]);
	finish('Add', [apply('Mul', [inner, inner]), beyond]);
};

const tanhShrink: Activation = (writer, output, x) => {
	const {apply, finish} = steps(writer, output);
	finish('Sub', [x, apply('Tanh', [x])]);
};

const relu6 = operator('Relu6');

/** `max(x, alpha · x)`, for an alpha up to 1. */
export const leakyRelu = (alpha: number): Activation =>
	operator('LeakyRelu', {alpha});

/** `x`, and below zero `alpha · (exp(x) − 1)`. */
export const elu = (alpha: number): Activation => operator('Elu', {alpha});

/** `x` from the threshold on, up to `max`; below it `slope · (x − threshold)`. */
export const boundedRelu =
	({
		max,
		slope,
		threshold,
	}: {
		readonly max?: number;
		readonly slope: number;
		readonly threshold: number;
	}): Activation =>
	(writer, output, x) => {
		if (slope === 0 && threshold === 0 && max === 6) {
			relu6(writer, output, x);
			return;
		}

		if (slope === 0 && threshold === 0 && max !== undefined) {
			clip(writer, output, x, {min: 0, max});
			return;
		}

		const {apply, number} = steps(writer, output);
		const isBounded = max !== undefined;
		const open = isBounded ? writer.temporary(output) : output;
		if (threshold === 0) {
			const relu = slope === 0 ? operator('Relu') : leakyRelu(slope);
			relu(writer, open, x);
		} else {
			const bound = number(threshold);
			const below = apply('Mul', [apply('Sub', [x, bound]), number(slope)]);
			apply('Where', [apply('GreaterOrEqual', [x, bound]), x, below], open);
		}

		if (isBounded) {
			clip(writer, output, open, {max});
		}
	};

/** By the names that Keras has for them; TensorFlow's are the same in small letters. @see https://keras.io/api/layers/activations/ */
export const activations: Readonly<Record<string, Activation>> = {
	celu: operator('Celu', {alpha: 1}),
	elu: elu(1),
	exponential: operator('Exp'),
	gelu: operator('Gelu'),
	gelu_new: operator('Gelu', {approximate: 'tanh'}),
	hard_shrink: operator('Shrink', {lambd: 0.5, bias: 0}),
	hard_sigmoid: operator('HardSigmoid', {alpha: 1 / 6, beta: 0.5}),
	hard_silu: operator('HardSwish'),
	hard_swish: operator('HardSwish'),
	hard_tanh: hardTanh,
	leaky_relu: leakyRelu(0.2),
	linear(writer, output, x) {
		writer.same(output, x);
	},
	log_sigmoid: logSigmoid,
	log_softmax(writer, output, x) {
		softmax(writer, output, 'LogSoftmax', {x, axis: -1});
	},
	mish: operator('Mish'),
	relu: operator('Relu'),
	relu6,
	selu: operator('Selu'),
	sigmoid: operator('Sigmoid'),
	silu: swish,
	soft_shrink: operator('Shrink', {lambd: 0.5, bias: 0.5}),
	softmax(writer, output, x) {
		softmax(writer, output, 'Softmax', {x, axis: -1});
	},
	softplus: operator('Softplus'),
	softsign,
	sparse_plus: sparsePlus,
	sparse_sigmoid: sparseSigmoid,
	squareplus,
	swish,
	tanh: operator('Tanh'),
	tanh_shrink: tanhShrink,
};

/** What Keras called the hard sigmoid until version 3, and TensorFlow.js still does: `0.2 · x + 0.5`. */
export const steepHardSigmoid = operator('HardSigmoid', {
	alpha: 0.2,
	beta: 0.5,
});
