import type {DataType, Shape, Tensor} from './tensor.js';

/** What an ONNX attribute holds; strings are decoded, `ints` and `floats` are plain arrays. */
export type Attribute =
	number | string | Tensor | readonly number[] | readonly string[];

/** One operation: an ONNX operator of the default domain, with the names of the values it reads and writes. */
export type Node = {
	/** From the model, or made up from the operator and its first output; never empty. */
	readonly name: string;
	/** The ONNX operator, e.g. `Conv`. */
	readonly opType: string;
	/** Names of values; '' for an optional input that is left out. */
	readonly inputs: readonly string[];
	/** Names of values; '' for an optional output that is left out. */
	readonly outputs: readonly string[];
	readonly attributes: Readonly<Record<string, Attribute>>;
};

/** What is known of a value before the network runs. */
export type Value = {
	readonly name: string;
	readonly type: DataType;
	readonly shape: Shape;
};

/**
A network for one input size: ONNX operators of a single opset, every shape known, nodes in an order they can run in.

Importers get here by normalising a model file, so that nothing later has to deal with opsets, dynamic axes or training leftovers.
*/
export type Graph = {
	readonly name: string;
	/** What must be fed. */
	readonly inputs: readonly Value[];
	/** Names of values. */
	readonly outputs: readonly string[];
	readonly nodes: readonly Node[];
	/** Weights and folded arithmetic by value name. */
	readonly constants: ReadonlyMap<string, Tensor>;
	/** Every value by name: inputs, constants and the outputs of nodes. */
	readonly values: ReadonlyMap<string, Value>;
};

/** The opset that every Graph is normalised to. @see https://onnx.ai/onnx/operators/ */
export const opset = 17;
