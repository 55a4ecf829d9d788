import {ModelError} from '../../errors.js';
import {tensorOf, type Tensor} from '../../graph/tensor.js';
import {isRecord, listOf, type JsonRecord} from '../tfjs/model-json.js';
import {readReference, type TensorReference} from './reference.js';

/** Whether a class is a function of TensorFlow that Keras 2 keeps as a layer, as it does with `x + 3`. */
export const isOperation = (className: string): boolean =>
	className === 'TFOpLambda';

/** Where Keras 2 has the name of a layer, this stands before a constant. */
const constantMark = '_CONSTANT_VALUE';

/** Arguments that are operands, by name, in the order that ONNX has them in. */
const operandNames: ReadonlySet<string> = new Set(['x', 'y']);

/** A number, or nested lists of them. */
const readConstant = (layer: string, value: unknown): Tensor => {
	const shape: number[] = [];
	for (let part = value; Array.isArray(part); [part] = part as unknown[]) {
		shape.push(part.length);
	}

	const numbers: unknown[] = [value].flat(Infinity);
	const size = shape.reduce((product, length) => product * length, 1);
	if (
		numbers.length !== size ||
		!numbers.every((each) => typeof each === 'number')
	) {
		throw new ModelError(
			`Layer ${layer} reads ${JSON.stringify(value)}, which is neither a layer nor numbers; save the model again`,
		);
	}

	return tensorOf('float32', numbers, shape);
};

/**
One call of an operation: `["conv", 0, 0, {"y": 3}]`, where `y` may be another layer's output, too, or `[["a", 0, 0, {"axis": -1}], ["b", 0, 0, {"axis": -1}]]`, where the first argument is a list.

@throws {ModelError} When an operand is neither a layer's output nor made of numbers.
*/
export const readOperationCall = (
	layer: string,
	call: unknown,
): {
	operands: ReadonlyArray<TensorReference | Tensor>;
	settings: JsonRecord;
} => {
	const parts = listOf(call);
	const entries = Array.isArray(parts[0])
		? parts.map((part) => listOf(part))
		: [parts];
	const first = entries.map((entry) =>
		entry[0] === constantMark
			? readConstant(layer, entry[2])
			: (readReference(entry) ?? readConstant(layer, entry)),
	);
	const named = Object.entries(isRecord(entries[0][3]) ? entries[0][3] : {});
	const given = named.filter(([, value]) => value !== null);
	return {
		operands: [
			...first,
			...given
				.filter(([name]) => operandNames.has(name))
				.map(([, value]) => readReference(value) ?? readConstant(layer, value)),
		],
		settings: Object.fromEntries(
			given.filter(([name]) => !operandNames.has(name) && name !== 'name'),
		),
	};
};
