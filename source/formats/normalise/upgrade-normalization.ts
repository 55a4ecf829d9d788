import {ModelError} from '../../errors.js';
import {numbersOf, tensorOf} from '../../graph/tensor.js';
import {numberAttribute} from '../../ops/attributes.js';
import {setInputs, without, type Upgrade} from './upgrade.js';

/** A graph is for inference: what training leaves behind goes. @throws {ModelError} where it is written as in training. */
export const batchNormalization: Upgrade = (node) => {
	if (
		numberAttribute(node, 'training_mode', 0) !== 0 ||
		numberAttribute(node, 'spatial', 1) !== 1
	) {
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
