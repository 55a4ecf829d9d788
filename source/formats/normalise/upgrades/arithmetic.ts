import {elementCount, tensorOf} from '../../../graph/tensor.js';
import {numberAttribute} from '../../../ops/node/attributes.js';
import {sequence} from '../../sequence.js';
import {
	constantIntegers,
	integers,
	without,
	written,
	type Upgrade,
} from './upgrade.js';

/** An operator on any number of values, as one on two of them after the other; `share` of the result is what is wanted. */
const pairwise =
	(opType: string, share: (count: number) => number = () => 1): Upgrade =>
	(node, context) => {
		const to = sequence(node);
		const {inputs} = node;
		let [last] = inputs;
		for (const [index, name] of inputs.slice(1).entries()) {
			const isLast = index === inputs.length - 2 && share(inputs.length) === 1;
			last = to.apply(opType, [last, name], {}, isLast ? to.result : undefined);
		}

		if (share(inputs.length) !== 1) {
			to.apply('Mul', [last, to.number(share(inputs.length))], {}, to.result);
		} else if (inputs.length === 1) {
			to.apply('Identity', [last], {}, to.result);
		}

		return written(to, context);
	};

/** Max of any number of inputs, as several of two. */
export const maximum = pairwise('Max');

/** Min of any number of inputs, as several of two. */
export const minimum = pairwise('Min');

/** Sum, as several Add. */
export const total = pairwise('Add');

/** Mean, as several Add and a Mul. */
export const mean = pairwise('Add', (count) => 1 / count);

/** `1 − erf(x)`, which tf2onnx has an operator of its own for. */
export const complementaryErrorFunction: Upgrade = (node, context) => {
	const to = sequence(node);
	const erf = to.apply('Erf', node.inputs);
	to.apply('Sub', [to.number(1), erf], {}, to.result);
	return written(to, context);
};

const gating =
	(usual: number): Upgrade =>
	(node, context) => {
		const to = sequence(node);
		const [x] = node.inputs;
		const alpha = to.number(numberAttribute(node, 'alpha', usual));
		const gate = to.apply('Sigmoid', [to.apply('Mul', [x, alpha])]);
		to.apply('Mul', [x, gate], {}, to.result);
		return written(to, context);
	};

/** `x · sigmoid(alpha · x)`, which opset 24 has a word for. @see https://onnx.ai/onnx/operators/onnx__Swish.html */
export const swish = gating(1);

/** The same as onnxruntime has it. @see https://github.com/microsoft/onnxruntime/blob/main/docs/ContribOperators.md#com.microsoft.QuickGelu */
export const quickGelu = gating(1.702);

/** `x / (bias + alpha / size · Σ x²)^beta`, the sum over neighbouring channels. @see https://onnx.ai/onnx/operators/onnx__LRN.html */
export const localResponseNormalization: Upgrade = (node, context) => {
	const to = sequence(node);
	const [x] = node.inputs;
	const shape = context.draft.shapeOf(x);
	const [batch, channels, ...space] = shape;
	const size = numberAttribute(node, 'size', 1);
	const square = to.apply('Mul', [x, x]);
	const channelsAsRows = to.apply('Reshape', [
		square,
		to.integers([batch, 1, channels, elementCount(space)]),
	]);
	const means = to.apply('AveragePool', [channelsAsRows], {
		kernel_shape: [size, 1],
		pads: [Math.floor((size - 1) / 2), 0, Math.ceil((size - 1) / 2), 0],
		count_include_pad: 1,
	});
	const restored = to.apply('Reshape', [means, to.integers(shape)]);
	const scaled = to.apply('Mul', [
		restored,
		to.number(numberAttribute(node, 'alpha', 1e-4)),
	]);
	const sum = to.apply('Add', [
		scaled,
		to.number(numberAttribute(node, 'bias', 1)),
	]);
	const power = to.apply('Pow', [
		sum,
		to.number(numberAttribute(node, 'beta', 0.75)),
	]);
	to.apply('Div', [x, power], {}, to.result);
	return written(to, context);
};

/** Keeps a triangle of each matrix, as causal masks do. @see https://onnx.ai/onnx/operators/onnx__Trilu.html */
export const triangle: Upgrade = (node, context) => {
	const to = sequence(node);
	const [x] = node.inputs;
	const [rows, columns] = context.draft.shapeOf(x).slice(-2);
	const [diagonal] = constantIntegers(node, 1, context) ?? [0];
	const isUpper = numberAttribute(node, 'upper', 1) === 1;
	const mask = Array.from({length: rows * columns}, (_, at) => {
		const above = (at % columns) - Math.trunc(at / columns) - diagonal;
		return Number(isUpper ? above >= 0 : above <= 0);
	});
	to.apply(
		'Where',
		[
			to.constant(tensorOf('bool', mask, [rows, columns])),
			x,
			to.constant(tensorOf(context.draft.typeOf(x), [0], [])),
		],
		{},
		to.result,
	);
	return written(to, context);
};

/** Opset 9 had the count as an attribute. Where the largest elements were is always written, since derivatives go there. */
export const topK: Upgrade = (node, context) => {
	const [values, indices] = node.outputs;
	const [x, count = `${values}:count`] = node.inputs;
	if (context.opset < 10) {
		context.draft.addConstant(
			count,
			integers([numberAttribute(node, 'k', 1)])!,
		);
	}

	return [
		{
			...node,
			inputs: [x, count],
			outputs: [values || `${indices}:values`, indices || `${values}:indices`],
			attributes: without(node, 'k'),
		},
	];
};
