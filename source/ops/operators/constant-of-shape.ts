import {ModelError} from '../../errors.js';
import {elementCount, numbersOf, tensorOf} from '../../graph/tensor.js';
import type {Operator} from '../operator.js';
import type {NodeView} from '../node/view.js';
import {constantNumbers} from '../node/shapes.js';

const fillOf = ({node}: NodeView) => {
	const {value} = node.attributes;
	if (value === undefined) {
		return {type: 'float32', fill: 0} as const;
	}

	if (typeof value !== 'object' || !('shape' in value)) {
		throw new ModelError(
			`Node ${node.name}: ConstantOfShape is not filled with a tensor; export the model again`,
		);
	}

	return {type: value.type, fill: numbersOf(value)[0] ?? 0};
};

/** A tensor of a given shape, filled with one number. @see https://onnx.ai/onnx/operators/onnx__ConstantOfShape.html */
export const ConstantOfShape: Operator = {
	infer: (view) => [
		{type: fillOf(view).type, shape: constantNumbers(view, 0) ?? []},
	],
	evaluate(view) {
		const {type, fill} = fillOf(view);
		const shape = constantNumbers(view, 0) ?? [];
		return [
			tensorOf(
				type,
				Array.from({length: elementCount(shape)}, () => fill),
				shape,
			),
		];
	},
	blocks: 'ConstantOfShape is the same for every image',
};
