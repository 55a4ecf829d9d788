/** What a layer reads: the output `tensor` of the call number `call` of a layer. */
export type TensorReference = {
	readonly layer: string;
	readonly call: number;
	readonly tensor: number;
};

/** A reference as all versions write it, `["conv1", 0, 0]`; undefined where a value is none. */
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
