import {ModelError} from '../../errors.js';
import {numbersOf, tensorOf} from '../../graph/tensor.js';
import {numberAttribute} from '../../ops/attributes.js';
import {sequence} from '../sequence.js';
import {setInputs, without, written, type Upgrade} from './upgrade.js';

/** What is standardised by its own mean and deviation, as networks do with weights before they convolve with them, in so many words. */
const standardise: Upgrade = (node, context) => {
	const to = sequence(node);
	const [x, scale, bias] = node.inputs;
	const shape = context.draft.shapeOf(x);
	const axes = [...shape.keys()].filter((axis) => axis !== 1);
	const mean = (name: string) => to.apply('ReduceMean', [name], {axes});
	const spread = (name: string) =>
		to.apply('Reshape', [
			name,
			to.integers(shape.map((_, axis) => (axis === 1 ? -1 : 1))),
		]);
	const centred = to.apply('Sub', [x, mean(x)]);
	const variance = mean(to.apply('Mul', [centred, centred]));
	const epsilon = to.number(numberAttribute(node, 'epsilon', 1e-5));
	const deviation = to.apply('Sqrt', [to.apply('Add', [variance, epsilon])]);
	const normal = to.apply('Div', [centred, deviation]);
	const scaled = to.apply('Mul', [normal, spread(scale)]);
	to.apply('Add', [scaled, spread(bias)], {}, to.result);
	return written(to, context);
};

/** A graph is for inference: what training leaves behind goes, and weights that are standardised are so for good. @throws {ModelError} where activations are normalised as in training. */
export const batchNormalization: Upgrade = (node, context) => {
	const isTraining = numberAttribute(node, 'training_mode', 0) !== 0;
	if (isTraining && context.draft.constant(node.inputs[0])) {
		return standardise(node, context);
	}

	if (isTraining || numberAttribute(node, 'spatial', 1) !== 1) {
		throw new ModelError(
			`Node ${node.name}: BatchNormalization as in training cannot be explained; export the model for inference (model.eval())`,
		);
	}

	return [
		{
			...node,
			outputs: node.outputs.slice(0, 1),
			attributes: without(node, 'training_mode', 'spatial', 'momentum'),
		},
	];
};

/** Until opset 21 a scale and a bias belonged to a group; now to a channel. @throws {ModelError} where they are computed. */
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
