import type {Node} from '../graph/graph.js';
import type {DataType, Tensor} from '../graph/tensor.js';

/** One size as a file declares it: fixed, named (`height`), or unknown. */
export type Dimension = number | string | undefined;

/** A value that goes in or comes out, as a file declares it. */
export type DeclaredValue = {
	readonly name: string;
	readonly type: DataType;
	/** Outermost first; undefined where not even the rank is known. */
	readonly shape: readonly Dimension[] | undefined;
};

/**
What a model file says, before anything is decided: operators of any opset from 7 to 21, sizes that may be open, weights as float32.

`normalise` makes a Graph of it for one input size.
*/
export type ModelFile = {
	readonly name: string;
	/** The version of ONNX's default operator set. @see https://onnx.ai/onnx/repo-docs/Versioning.html */
	readonly opset: number;
	/** What must be fed, without the weights that older files list here too. */
	readonly inputs: readonly DeclaredValue[];
	/** Names of values. */
	readonly outputs: readonly string[];
	/** In any order. */
	readonly nodes: readonly Node[];
	/** Weights by value name. */
	readonly constants: ReadonlyMap<string, Tensor>;
	/** What was read differently from how it is written, one sentence each, for people. */
	readonly notes: readonly string[];
};
