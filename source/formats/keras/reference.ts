import {isRecord} from '../tfjs/model-json.js';

/** An input of a layer: output `tensor` of call number `call` of another layer. */
export type TensorReference = {
	readonly layer: string;
	readonly call: number;
	readonly tensor: number;
};

/** Reads a reference as all versions write it, `["conv1", 0, 0]`; undefined if a value is not one. */
export const readReference = (value: unknown): TensorReference | undefined => {
	if (!Array.isArray(value)) {
		return undefined;
	}

	const [layer, call, tensor] = value as readonly unknown[];
	return typeof layer === 'string' &&
		typeof call === 'number' &&
		typeof tensor === 'number'
		? {layer, call, tensor}
		: undefined;
};

/** Every reference in nested lists and objects, in order: Keras 2 writes lists, Keras 3 objects with a `keras_history`. */
export const referencesIn = (value: unknown): TensorReference[] => {
	const reference = readReference(value);
	if (reference) {
		return [reference];
	}

	if (Array.isArray(value)) {
		return value.flatMap((item: unknown) => referencesIn(item));
	}

	return isRecord(value)
		? Object.values(value).flatMap((item) => referencesIn(item))
		: [];
};
