import {ModelError} from '../../errors.js';
import {tensorOf, type Tensor} from '../../graph/tensor.js';
import {isRecord, listOf, type JsonRecord} from '../tfjs/model-json.js';
import {
	readReference,
	referencesIn,
	type TensorReference,
} from './reference.js';

/** An operand: the output of a layer, or numbers. */
type Operand = TensorReference | Tensor;

/** One call of an operation. */
export type OperationCall = {
	/** In ONNX's order. */
	readonly operands: readonly Operand[];
	/** Other arguments, by name. One that a layer computes is among the operands, and `{operand: 2}` stands for it. */
	readonly settings: JsonRecord;
};

/** The classes of TensorFlow functions that Keras 2 stores as layers, such as `x + 3`; `x[0]` has its own class. */
const functionClasses = new Set(['TFOpLambda', 'SlicingOpLambda']);

/** Whether a layer is just a function: of TensorFlow in Keras 2, of `keras.ops` in Keras 3. If the module is left out, as in `.h5` and TensorFlow.js, it is a function if it has only a function's settings. */
export const isOperation = ({
	class_name: className,
	module,
	config,
	inbound_nodes: calls,
}: JsonRecord): boolean =>
	functionClasses.has(String(className)) ||
	(typeof module === 'string'
		? /\bops\b/v.test(module)
		: listOf(calls).some((call) => isRecord(call) && 'args' in call) &&
			isRecord(config) &&
			!('trainable' in config || 'dtype' in config));

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

/** Stands before a constant, where Keras 2 would have a layer's name. */
const constantMark = '_CONSTANT_VALUE';

const withoutMarks = (value: unknown): unknown => {
	const parts = listOf(value);
	if (parts[0] === constantMark) {
		return parts[2];
	}

	return Array.isArray(value) ? parts.map((part) => withoutMarks(part)) : value;
};

/** The named arguments of TensorFlow functions that are operands, in order. */
const operandNames: ReadonlySet<string> = new Set(['x', 'y', 'b']);

/** `["conv", 0, 0, {"y": 3}]`, where `y` may be another layer's output, too, or `[["a", 0, 0, {"axis": -1}], ["b", 0, 0, {"axis": -1}]]`, where the first argument is a list. */
const readFunctionCall = (layer: string, call: unknown): OperationCall => {
	const parts = listOf(call);
	const entries = Array.isArray(parts[0])
		? parts.map((part) => listOf(part))
		: [parts];
	const operands: Operand[] = entries.map((entry) => {
		const value = withoutMarks(entry);
		return readReference(value) ?? readConstant(layer, value);
	});
	const given = Object.entries(isRecord(entries[0][3]) ? entries[0][3] : {});
	for (const [name, value] of given) {
		if (operandNames.has(name) && value !== null) {
			operands.push(readReference(value) ?? readConstant(layer, value));
		}
	}

	const withOperands = (value: unknown): unknown => {
		const reference = readReference(value);
		if (reference) {
			return {operand: operands.push(reference) - 1};
		}

		if (Array.isArray(value)) {
			return value.map((item) => withOperands(item));
		}

		return isRecord(value)
			? Object.fromEntries(
					Object.entries(value).map(([name, item]) => [
						name,
						withOperands(item),
					]),
				)
			: value;
	};

	const settings = Object.fromEntries(
		given
			.filter(([name]) => !operandNames.has(name))
			.map(([name, value]) => [name, withOperands(value)]),
	);
	return {operands, settings};
};

/** A tensor or array of numbers, as Keras 3 writes it. */
const constantClasses = new Set<unknown>(['__numpy__', '__tensor__']);

const readArgument = (layer: string, value: unknown): Operand[] => {
	if (isRecord(value) && constantClasses.has(value.class_name)) {
		const {config} = value;
		return [readConstant(layer, isRecord(config) ? config.value : config)];
	}

	if (isRecord(value)) {
		return referencesIn(value);
	}

	return Array.isArray(value) && value.some((item) => isRecord(item))
		? value.flatMap((item) => readArgument(layer, item))
		: [readConstant(layer, value)];
};

/** `{"args": [{"class_name": "__keras_tensor__", …}, 3], "kwargs": {}}`; what is not computed is in the layer's config. An index comes as the second argument. */
const readOpsCall = (
	{name, className, config}: OperationLayer,
	call: unknown,
): OperationCall => {
	const {args, kwargs} = isRecord(call) ? call : {};
	const all = listOf(args);
	const isIndexed = className === 'GetItem';
	return {
		operands: (isIndexed ? all.slice(0, 1) : all).flatMap((argument) =>
			readArgument(name, argument),
		),
		settings: {
			...config,
			...(isRecord(kwargs) && kwargs),
			...(isIndexed && {slice_spec: all[1]}),
		},
	};
};

/** A layer that is a function. */
type OperationLayer = {
	readonly name: string;
	readonly className: string;
	readonly config: JsonRecord;
};

/**
One call of an operation.

@throws {ModelError} If an operand is neither a layer's output nor numbers.
*/
export const readOperationCall = (
	layer: OperationLayer,
	call: unknown,
): OperationCall =>
	functionClasses.has(layer.className)
		? readFunctionCall(layer.name, call)
		: readOpsCall(layer, call);
