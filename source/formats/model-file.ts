import type {Node} from '../graph/graph.js';
import type {DataType, Tensor} from '../graph/tensor.js';
import type {Draft} from './normalise/draft.js';

/** One size as a file declares it: fixed, named (`height`), or unknown. */
export type Dimension = number | string | undefined;

/** A value that goes in or comes out, as a file declares it. */
export type DeclaredValue = {
	readonly name: string;
	readonly type: DataType;
	/** Outermost first; undefined where not even the rank is known. */
	readonly shape: readonly Dimension[] | undefined;
};

/** A node, maybe one that chooses between branches while the network runs. */
export type ModelNode = Node & {
	/** By attribute (`then_branch`); what they read from around them is among the node's inputs. */
	readonly branches?: Readonly<Record<string, Branch>>;
};

/** A network inside a node. */
export type Branch = Pick<ModelFile, 'nodes' | 'constants' | 'outputs'>;

/**
Writes the nodes of a file in ONNX's words, one after the other, for files that have other words.

@param wanted The values that are to come out, under their own names.
*/
export type Translate = (
	draft: Draft,
	wanted: readonly string[],
) => (node: Node) => void;

/**
What a model file says, before anything is decided: operators of any opset from 7 to 25, sizes that may be open, weights as float32.

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
	readonly nodes: readonly ModelNode[];
	/** Weights by value name. */
	readonly constants: ReadonlyMap<string, Tensor>;
	/** For nodes that are not ONNX's own; their opset is that of a Graph. */
	readonly translate?: Translate;
	/** How the inputs are laid out, where the format leaves no doubt. */
	readonly layout?: 'NHWC' | 'NCHW';
	/** What was read differently from how it is written, one sentence each, for people. */
	readonly notes: readonly string[];
};
