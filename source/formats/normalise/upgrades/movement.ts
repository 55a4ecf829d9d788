import {tensorOf} from '../../../graph/tensor.js';
import {
	numberAttribute,
	numbersAttribute,
} from '../../../ops/node/attributes.js';
import {
	attributeToInput,
	constantIntegers,
	integers,
	setInputs,
	without,
	type Upgrade,
} from './upgrade.js';

/** Opset 11 made inputs of the attributes, and opset 18 may pad some axes only. */
export const pad: Upgrade = (node, context) => {
	if (context.opset < 11) {
		const upgraded = {
			...node,
			attributes: without(node, 'pads', 'paddings', 'value'),
		};
		const pads =
			numbersAttribute(node, 'pads') ?? numbersAttribute(node, 'paddings');
		const value = numberAttribute(node, 'value', 0);
		return [
			setInputs(
				upgraded,
				[integers(pads), tensorOf('float32', [value], [])],
				context,
			),
		];
	}

	const axes = constantIntegers(node, 3, context);
	if (!axes) {
		return [node];
	}

	const rank = context.draft.shapeOf(node.inputs[0]).length;
	const given = constantIntegers(node, 1, context) ?? [];
	const pads = Array.from({length: rank * 2}, () => 0);
	for (const [index, axis] of axes.entries()) {
		const counted = axis < 0 ? axis + rank : axis;
		pads[counted] = given[index];
		pads[counted + rank] = given[index + axes.length];
	}

	return [
		setInputs(
			{...node, inputs: node.inputs.slice(0, 3)},
			[integers(pads)],
			context,
		),
	];
};

/** Opset 10 made inputs of the attributes. */
export const slice: Upgrade = (node, context) =>
	context.opset >= 10
		? [node]
		: [
				setInputs(
					{...node, attributes: without(node, 'starts', 'ends', 'axes')},
					['starts', 'ends', 'axes'].map((name) =>
						integers(numbersAttribute(node, name)),
					),
					context,
				),
			];

/** Opset 13 made an input of the sizes, and opset 18 may say only how many parts there are. */
export const split: Upgrade = (node, context) => {
	if (node.attributes.num_outputs === undefined) {
		return attributeToInput('split', 13)(node, context);
	}

	const shape = context.draft.shapeOf(node.inputs[0]);
	const axis = numberAttribute(node, 'axis', 0);
	const size = shape[axis < 0 ? axis + shape.length : axis];
	const parts = numberAttribute(node, 'num_outputs', 1);
	const part = Math.ceil(size / parts);
	const sizes = Array.from({length: parts}, (_, index) =>
		Math.min(part, size - part * index),
	);
	return [
		setInputs(
			{...node, attributes: without(node, 'num_outputs')},
			[integers(sizes)],
			context,
		),
	];
};
