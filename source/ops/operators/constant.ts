import {ModelError} from '../../errors.js';
import type {Attribute, Node} from '../../graph/graph.js';
import {tensorOf, type Tensor} from '../../graph/tensor.js';
import type {Operator} from '../operator.js';

type Numbers = number | readonly number[];

const isNumbers = (value: Attribute): value is Numbers =>
	typeof value === 'number' ||
	(Array.isArray(value) && value.every((item) => typeof item === 'number'));

const numberTensor = (type: 'float32' | 'int64', value: Numbers) =>
	typeof value === 'number'
		? tensorOf(type, [value], [])
		: tensorOf(type, value);

const tensorIn = ({name, attributes}: Node): Tensor => {
	const [[key, value] = ['', '']] = Object.entries(attributes);
	if (typeof value === 'object' && 'shape' in value) {
		return value;
	}

	if (isNumbers(value)) {
		return numberTensor(
			key.startsWith('value_int') ? 'int64' : 'float32',
			value,
		);
	}

	throw new ModelError(
		`Node ${name}: the Constant holds no numbers${key && ` but "${key}"`}; export the model again`,
	);
};

/** A tensor stored in an attribute. @see https://onnx.ai/onnx/operators/onnx__Constant.html */
export const Constant: Operator = {
	infer({node}) {
		const {type, shape} = tensorIn(node);
		return [{type, shape}];
	},
	evaluate: ({node}) => [tensorIn(node)],
	blocks: 'Constant is the same for every image',
};
