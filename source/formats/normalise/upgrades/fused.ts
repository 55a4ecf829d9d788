import {ModelError} from '../../../errors.js';
import type {Node} from '../../../graph/graph.js';
import {
	numberAttribute,
	numbersAttribute,
} from '../../../ops/node/attributes.js';
import {sequence} from '../../sequence.js';
import {isRelu6} from './clip.js';
import {without, written, type Upgrade} from './upgrade.js';

/** A call of an activation: the operator, unless it is the activation's name, its further inputs and its attributes. */
type Activation = (
	parameters: readonly number[],
	constant: (value: number) => string,
) => {
	readonly opType?: string;
	readonly inputs?: readonly string[];
	readonly attributes?: Node['attributes'];
};

/** Activations that onnxruntime fuses, by their ONNX names. */
const activations: Readonly<Record<string, Activation>> = {
	Clip: (bounds, constant) =>
		isRelu6(...bounds)
			? {opType: 'Relu6'}
			: {inputs: bounds.map((bound) => constant(bound))},
	HardSigmoid: ([alpha = 0.2, beta = 0.5]) => ({attributes: {alpha, beta}}),
	LeakyRelu: ([alpha = 0.01]) => ({attributes: {alpha}}),
	Relu: () => ({}),
	Sigmoid: () => ({}),
	Tanh: () => ({}),
};

/** Writes the activation that a fused node ends with, if any. @throws {ModelError} If it is none of those. */
const activate = (
	to: ReturnType<typeof sequence>,
	{name, opType, attributes: {activation}}: Node,
	before: string,
	parameters: readonly number[],
): void => {
	if (typeof activation !== 'string' || activation === '') {
		to.apply('Identity', [before], {}, to.result);
		return;
	}

	const call = Object.hasOwn(activations, activation)
		? activations[activation]
		: undefined;
	if (!call) {
		throw new ModelError(
			`Node ${name}: ${opType} with the activation ${activation} is not known; explain the model as it was before onnxruntime optimised it`,
		);
	}

	const {
		opType: operator = activation,
		inputs = [],
		attributes = {},
	} = call(parameters, (value) => to.number(value));
	to.apply(operator, [before, ...inputs], attributes, to.result);
};

/** A Conv, what is added to it, and an activation. @see https://github.com/microsoft/onnxruntime/blob/main/docs/ContribOperators.md#com.microsoft.FusedConv */
export const fusedConv: Upgrade = (node, context) => {
	const to = sequence(node);
	const added = node.inputs[3];
	let last = to.apply(
		'Conv',
		node.inputs.slice(0, 3),
		without(node, 'activation', 'activation_params'),
	);
	if (added) {
		last = to.apply('Add', [last, added]);
	}

	activate(to, node, last, numbersAttribute(node, 'activation_params') ?? []);
	return written(to, context);
};

const gemmParameters = [
	'activation_alpha',
	'activation_beta',
	'activation_gamma',
] as const;

/** A Gemm and an activation. @see https://github.com/microsoft/onnxruntime/blob/main/docs/ContribOperators.md#com.microsoft.FusedGemm */
export const fusedGemm: Upgrade = (node, context) => {
	const to = sequence(node);
	const product = to.apply(
		'Gemm',
		node.inputs,
		without(node, 'activation', ...gemmParameters),
	);
	const parameters = gemmParameters.flatMap((name) => {
		const value = node.attributes[name];
		return typeof value === 'number' ? [value] : [];
	});
	activate(to, node, product, parameters);
	return written(to, context);
};

/** The order of axes in which a FusedMatMul reads an operand: the first may come after the batches, and the last two may be turned. */
const orderOf = (
	{attributes}: Node,
	side: 'A' | 'B',
	rank: number,
): readonly number[] => {
	const is = (name: string) => Number(attributes[name] ?? 0) !== 0;
	const axes = Array.from({length: rank}, (_, axis) => axis);
	const order = is(`transBatch${side}`)
		? [...axes.slice(1, -1), 0, rank - 1]
		: axes;
	return is(`trans${side}`)
		? [...order.slice(0, -2), ...order.slice(-2).toReversed()]
		: order;
};

/** `alpha · A · B`, each with its axes turned or not. @see https://github.com/microsoft/onnxruntime/blob/main/docs/ContribOperators.md#com.microsoft.FusedMatMul */
export const fusedMatMul: Upgrade = (node, context) => {
	const to = sequence(node);
	const operands = node.inputs.map((name, index) => {
		const {length} = context.draft.shapeOf(name);
		const perm = orderOf(node, index === 0 ? 'A' : 'B', length);
		return perm.every((axis, at) => axis === at)
			? name
			: to.apply('Transpose', [name], {perm});
	});
	const product = to.apply('MatMul', operands);
	to.apply(
		'Mul',
		[product, to.number(numberAttribute(node, 'alpha', 1))],
		{},
		to.result,
	);
	return written(to, context);
};

/** A Gelu, exact or by tanh, of a value that a bias may be added to. @see https://github.com/microsoft/onnxruntime/blob/main/docs/ContribOperators.md#com.microsoft.BiasGelu */
export const fusedGelu =
	(approximate: 'none' | 'tanh'): Upgrade =>
	(node, context) => {
		const to = sequence(node);
		const [x, bias] = node.inputs;
		const sum = bias ? to.apply('Add', [x, bias]) : x;
		to.apply('Gelu', [sum], {approximate}, to.result);
		return written(to, context);
	};

/** A sum and its layer normalisation. @see https://github.com/microsoft/onnxruntime/blob/main/docs/ContribOperators.md#com.microsoft.SkipLayerNormalization */
export const skipLayerNormalization: Upgrade = (node, context) => {
	const to = sequence(node);
	const [x, skip, scale, shift, bias] = node.inputs;
	const kept = node.outputs[3];
	const shifted = bias ? to.apply('Add', [x, bias]) : x;
	const sum = to.apply('Add', [shifted, skip], {}, kept || undefined);
	to.apply(
		'LayerNormalization',
		[sum, scale, ...(shift ? [shift] : [])],
		{axis: -1, epsilon: numberAttribute(node, 'epsilon', 1e-12)},
		to.result,
	);
	return written(to, context);
};
