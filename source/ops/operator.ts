import type {Node, Value} from '../graph/graph.js';
import type {DataType, Shape, Tensor} from '../graph/tensor.js';
import type {AdjointRule} from './adjoint/rule.js';
import type {Lowering} from './lowering.js';
import type {CotangentRule} from './cotangent.js';
import type {TangentRule} from './tangent.js';

/** What a rule may know of a node before the network runs. */
export type NodeView = {
	readonly node: Node;
	/** By input; undefined where an optional input is left out. */
	readonly inputs: ReadonlyArray<Value | undefined>;
	/** By output; empty while shapes are being inferred. */
	readonly outputs: readonly Value[];
	/** The tensor behind input `index`, where it is known before the network runs. */
	readonly constant: (index: number) => Tensor | undefined;
};

/**
One ONNX operator: everything the program knows of it, in one file.

To add one: write `ops/<name>.ts` exporting an Operator under its ONNX name, and add its line to `ops/index.ts`.
*/
export type Operator = {
	/** Type and shape of every output. @throws {ModelError} where attributes and shapes do not fit. */
	readonly infer: (
		view: NodeView,
	) => ReadonlyArray<{readonly type: DataType; readonly shape: Shape}>;
	/** The outputs from constant inputs, for the shape arithmetic that importers fold away. */
	readonly evaluate?: (
		view: NodeView,
		inputs: ReadonlyArray<Tensor | undefined>,
	) => readonly Tensor[];
	/** `evaluate` needs only the shapes of its inputs, as Shape does; what they hold may be unknown. */
	readonly readsShapesOnly?: true;
	/** How a derivative passes, input by output; absent where it is zero (`blocks` says why). */
	readonly adjoint?: AdjointRule;
	/** How a change of the inputs passes; absent where only `adjoint` is known. */
	readonly tangent?: TangentRule;
	/** How an adjoint passes, as nodes of a network; only where `tangent` writes the operator into linear networks. */
	readonly cotangent?: CotangentRule;
	/** Indices of the inputs that `adjoint` takes for constants; where the network computes one of them, no derivative is known. */
	readonly weights?: readonly number[];
	/** Why the derivative is zero, as the end of a sentence: "ArgMax is a step function …". */
	readonly blocks?: string;
	/** The same operation in TensorFlow.js. */
	readonly lower?: Lowering;
};
