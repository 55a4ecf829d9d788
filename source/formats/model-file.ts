import type {Node} from '../graph/graph.js';
import type {DataType, Tensor} from '../graph/tensor.js';
import type {Draft} from './normalise/draft.js';

/** One size as declared in a file: fixed, named (`height`), or unknown. */
export type Dimension = number | string | undefined;

/** An input or output as declared in a file. */
export type DeclaredValue = {
	readonly name: string;
	readonly type: DataType;
	/** Outermost first; undefined where even the rank is unknown. */
	readonly shape: readonly Dimension[] | undefined;
};

/** A node, possibly one that chooses between subgraphs while the network runs. */
export type ModelNode = Node & {
	/** By attribute (`then_branch`); values that they read from around them are among the node's inputs. */
	readonly branches?: Readonly<Record<string, Branch>>;
};

/** A subgraph of a node. */
export type Branch = Pick<ModelFile, 'nodes' | 'constants' | 'outputs'>;

/**
Translates the nodes of a file into ONNX operators, one by one, for formats with operators of their own.

@param wanted The values wanted as outputs, under their own names.
*/
export type Translate = (
	draft: Draft,
	wanted: readonly string[],
) => (node: Node) => void;

/**
The content of a model file, before anything is decided: operators of any opset from 7 to 25, sizes possibly open, weights as float32.

`normalise` turns it into a Graph for one input size.
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
	readonly nodes: readonly ModelNode[];
	/** Weights by value name. */
	readonly constants: ReadonlyMap<string, Tensor>;
	/** Translates nodes that are not ONNX's; into the opset of a Graph. */
	readonly translate?: Translate;
	/** The layout of the inputs, where the format determines it. */
	readonly layout?: 'NHWC' | 'NCHW';
	/** Where the model as it was read differs from the file, one sentence each. */
	readonly notes: readonly string[];
};
