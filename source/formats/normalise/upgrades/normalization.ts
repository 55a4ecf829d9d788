import {ModelError} from '../../../errors.js';
import {numbersOf, tensorOf} from '../../../graph/tensor.js';
import {
	numberAttribute,
	numbersAttribute,
} from '../../../ops/node/attributes.js';
import {sequence} from '../../sequence.js';
import {setInputs, without, written, type Upgrade} from './upgrade.js';

/** BatchNormalization spelled out, for statistics that the network computes, as in tf2onnx's layer normalisation, or, without given ones, for those of the values themselves. */
const writeOut: Upgrade = (node, context) => {
	const to = sequence(node);
	const [x, scale, bias, ...given] = node.inputs;
	const isTraining = numberAttribute(node, 'training_mode', 0) !== 0;
	const shape = context.draft.shapeOf(x);
	const axes = [...shape.keys()].filter((axis) => axis !== 1);
	const average = (name: string) => to.apply('ReduceMean', [name], {axes});
	const spread = (name: string) =>
		to.apply('Reshape', [
			name,
			to.integers(shape.map((_, axis) => (axis === 1 ? -1 : 1))),
		]);
	const [givenMean, givenVariance] = isTraining
		? []
		: given.map((name) => spread(name));
	const centred = to.apply('Sub', [x, givenMean ?? average(x)]);
	const variance =
		givenVariance ?? average(to.apply('Mul', [centred, centred]));
	const epsilon = to.number(numberAttribute(node, 'epsilon', 1e-5));
	const deviation = to.apply('Sqrt', [to.apply('Add', [variance, epsilon])]);
	const normal = to.apply('Div', [centred, deviation]);
	const scaled = to.apply('Mul', [normal, spread(scale)]);
	to.apply('Add', [scaled, spread(bias)], {}, to.result);
	return written(to, context);
};

/** A graph is for inference: training outputs are dropped, standardised weights are computed once, and computed statistics take part in derivatives. @throws {ModelError} If activations are normalised as in training. */
export const batchNormalization: Upgrade = (node, context) => {
	const {draft} = context;
	const isTraining = numberAttribute(node, 'training_mode', 0) !== 0;
	if (isTraining && draft.constant(node.inputs[0])) {
		return writeOut(node, context);
	}

	if (isTraining || numberAttribute(node, 'spatial', 1) !== 1) {
		throw new ModelError(
			`Node ${node.name}: BatchNormalization as in training cannot be explained; export the model for inference (model.eval())`,
		);
	}

	if (node.inputs.slice(1).some((name) => !draft.constant(name))) {
		return writeOut(node, context);
	}

	return [
		{
			...node,
			outputs: node.outputs.slice(0, 1),
			attributes: without(node, 'training_mode', 'spatial', 'momentum'),
		},
	];
};

/** Up to opset 20 scale and bias belonged to groups; since then, to channels. @throws {ModelError} If they are computed. */
export const groupNormalization: Upgrade = (node, context) => {
	const [, channels] = context.draft.shapeOf(node.inputs[0]);
	const perChannel = [1, 2].map((index) => {
		const tensor = context.draft.constant(node.inputs[index]);
		if (!tensor) {
			throw new ModelError(
				`Node ${node.name}: the scale of GroupNormalization (${node.inputs[index]}) is computed while the network runs; export the model for inference`,
			);
		}

		const numbers = numbersOf(tensor);
		const each = channels / numbers.length;
		return tensorOf(
			'float32',
			Array.from(
				{length: channels},
				(_, channel) => numbers[Math.floor(channel / each)],
			),
		);
	});
	return [setInputs(node, perChannel, context)];
};

/** `x / √(mean(x²) + epsilon) · scale`, the mean over the axes from `axis` on. @see https://onnx.ai/onnx/operators/onnx__RMSNormalization.html */
export const rootMeanSquareNormalization: Upgrade = (node, context) => {
	const to = sequence(node);
	const [x, scale] = node.inputs;
	const {length: rank} = context.draft.shapeOf(x);
	const first = numberAttribute(node, 'axis', -1);
	const axes = Array.from({length: rank}, (_, axis) => axis).slice(first);
	const squares = to.apply('Mul', [x, x]);
	const mean = to.apply('ReduceMean', [squares], {axes});
	const epsilon = to.number(numberAttribute(node, 'epsilon', 1e-5));
	const root = to.apply('Sqrt', [to.apply('Add', [mean, epsilon])]);
	to.apply('Mul', [to.apply('Div', [x, root]), scale], {}, to.result);
	return written(to, context);
};

/** `(x − mean) / (√variance + 10⁻⁹)`, both over some axes. @see https://onnx.ai/onnx/operators/onnx__MeanVarianceNormalization.html */
export const meanVarianceNormalization: Upgrade = (node, context) => {
	const to = sequence(node);
	const axes = numbersAttribute(node, 'axes') ?? [0, 2, 3];
	const average = (name: string) => to.apply('ReduceMean', [name], {axes});
	const [x] = node.inputs;
	const centred = to.apply('Sub', [x, average(x)]);
	const variance = average(to.apply('Mul', [centred, centred]));
	const deviation = to.apply('Add', [
		to.apply('Sqrt', [variance]),
		to.number(1e-9),
	]);
	to.apply('Div', [centred, deviation], {}, to.result);
	return written(to, context);
};

/** `x / max(‖x‖, 10⁻¹²)`, the norm along one axis; the bound, which PyTorch has too, keeps zeros zero. @see https://onnx.ai/onnx/operators/onnx__LpNormalization.html */
export const lpNormalization: Upgrade = (node, context) => {
	const to = sequence(node);
	const [x] = node.inputs;
	const axes = [numberAttribute(node, 'axis', -1)];
	const norm = to.apply(`ReduceL${numberAttribute(node, 'p', 2)}`, [x], {axes});
	const bounded = to.apply('Max', [norm, to.number(1e-12)]);
	to.apply('Div', [x, bounded], {}, to.result);
	return written(to, context);
};
