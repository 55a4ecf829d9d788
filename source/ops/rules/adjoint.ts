import type {NodeView} from '../node/view.js';
import type {Adjoint, DenseAdjoint, SparseAdjoint} from '../adjoint/adjoint.js';
import type {Allocate} from '../adjoint/scratch.js';
import type {PendingAdjoint} from '../adjoint/merge-rows.js';
import type {PendingSums} from '../adjoint/sum-rows.js';
import type {Kernels} from './kernels.js';

/** The forward values that a rule reads. The fewer are fetched, the faster the forward pass. */
export type Needs = {
	readonly inputs?: readonly number[];
	readonly outputs?: readonly number[];
};

/** What an adjoint rule may read of a node after the forward pass. */
export type ReverseContext = NodeView & {
	/** The forward value of input `index`: a constant, or one named by `needs`. */
	readonly input: (index: number) => Float32Array;
	/** The forward value of output `index`, if named by `needs`. */
	readonly output: (index: number) => Float32Array;
	/** Whether the adjoint of input `index` is wanted; a rule may leave out the others. */
	readonly wanted: (index: number) => boolean;
	/** Matrix products and convolutions on the runtime, prepared once for each node. */
	readonly kernels: Kernels;
	/** Allocates an uninitialised array that is not read once the walk is over. */
	readonly allocate: Allocate;
};

/** By input; undefined where nothing passes, or nothing is wanted. */
export type InputAdjoints = ReadonlyArray<Adjoint | undefined>;

/**
How adjoints pass back through one operator.

`dense` is required, and exact. `sparse` keeps sparse adjoints sparse; without it, or where these attributes make it return undefined, the walk makes the adjoint dense first. Two short cuts never scatter rows: `pooled` computes only the sum over space behind Grad-CAM's weights, `dotted` only the products that HiResCAM sums. `pending` and `overwrite` do what `sparse` does, for rows that are yet to be written.
*/
export type AdjointRule = {
	/** Whether the operator passes positive numbers and holds back negative ones, wholly or in part, like ReLU: there a walk may use another rule than the derivative. */
	readonly rectifies?: (view: NodeView) => boolean;
	readonly needs?: (view: NodeView) => Needs;
	/** By output; undefined where an output has no adjoint. */
	readonly dense: (
		context: ReverseContext,
		adjoints: ReadonlyArray<DenseAdjoint | undefined>,
	) => InputAdjoints | Promise<InputAdjoints>;
	readonly sparse?: (
		context: ReverseContext,
		adjoints: ReadonlyArray<SparseAdjoint | undefined>,
	) => InputAdjoints | undefined | Promise<InputAdjoints | undefined>;
	/** The result of `sparse` before it is computed, so that the contributions of several nodes are written to one place; undefined where `sparse` does better. */
	readonly pending?: (
		context: ReverseContext,
		adjoint: SparseAdjoint,
	) => ReadonlyArray<PendingAdjoint | undefined> | undefined;
	/** Multiplies rows by the derivative at their positions, in place; for elementwise operators of one input. */
	readonly overwrite?: (
		context: ReverseContext,
		positions: Int32Array,
		rows: Float32Array,
	) => void;
	/** Whether the input's adjoint is the same at every position: the output's, spread evenly over space. */
	readonly spreadsEvenly?: (view: NodeView) => boolean;
	/** The adjoint of input `index` summed over space, in parts; undefined where there is no short cut. Afterwards the rows of `adjoint` may not be read. */
	readonly pooled?: (
		context: ReverseContext,
		adjoint: SparseAdjoint,
		index: number,
	) => readonly PendingSums[] | undefined;
	/** `[seeds, space]`: the adjoint of an input times its forward values, summed over channels; undefined where there is no short cut. */
	readonly dotted?: (
		context: ReverseContext,
		adjoint: SparseAdjoint,
		input: {
			readonly index: number;
			/** The input's forward values, `[space, channels]`. */
			readonly byPosition: () => Promise<Float32Array>;
		},
	) => PendingDots | undefined;
};

/** Computes products that are yet to be summed; those of several nodes run together. */
export type PendingDots = () => Promise<Float32Array>;
