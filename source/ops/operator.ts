import type {DataType, Shape, Tensor} from '../graph/tensor.js';
import type {NodeView} from './node/view.js';
import type {AdjointRule} from './rules/adjoint.js';
import type {Lowering} from './rules/lowering.js';
import type {CotangentRule} from './rules/cotangent.js';
import type {SummedRule} from './rules/summed.js';
import type {TangentRule} from './rules/tangent.js';

/**
Everything the program knows of one ONNX operator, in one file.

To add one, write `ops/operators/<name>.ts` exporting an Operator under its ONNX name, and add its line to `ops/operators/index.ts`.
*/
export type Operator = {
	/** Type and shape of every output. @throws {ModelError} If attributes and shapes do not fit. */
	readonly infer: (
		view: NodeView,
	) => ReadonlyArray<{readonly type: DataType; readonly shape: Shape}>;
	/** Computes the outputs of constant inputs, for the shape arithmetic that importers fold away. */
	readonly evaluate?: (
		view: NodeView,
		inputs: ReadonlyArray<Tensor | undefined>,
	) => readonly Tensor[];
	/** `evaluate` reads only the shapes of its inputs, as Shape does; their values may be unknown. */
	readonly readsShapesOnly?: true;
	/** How adjoints pass back, on data; absent where the derivative is zero (`blocks` says why). */
	readonly adjoint?: AdjointRule;
	/** How changes pass forward, as nodes of a linear network; absent where only `adjoint` is known. */
	readonly tangent?: TangentRule;
	/** How adjoints pass back through a node of such a linear network; only operators that `tangent` rules write need one. */
	readonly cotangent?: CotangentRule;
	/** How the sum of the output over space is computed, where that is cheaper than the output itself. */
	readonly summed?: SummedRule;
	/** Indices of the inputs that `adjoint` assumes constant; where the network computes one of them, the derivative is not known. */
	readonly weights?: readonly number[];
	/** Why the derivative is zero, as the end of a sentence: "ArgMax is a step function …". */
	readonly blocks?: string;
	/** The operator in TensorFlow.js. */
	readonly lower?: Lowering;
};
