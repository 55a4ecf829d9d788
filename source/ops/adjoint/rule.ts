import type {Kernels} from '../kernels.js';
import type {NodeView} from '../operator.js';
import type {Adjoint, DenseAdjoint, SparseAdjoint} from './adjoint.js';
import type {Lend} from './borrow.js';
import type {PendingAdjoint} from './merge-rows.js';
import type {PendingSums} from './sum-rows.js';

/** Which forward values a rule reads. Fewer fetched values make the forward pass faster. */
export type Needs = {
	readonly inputs?: readonly number[];
	readonly outputs?: readonly number[];
};

/** What a rule may know of a node after the network ran. */
export type ReverseContext = NodeView & {
	/** The forward value of input `index`; only what `needs` named, and constants. */
	readonly input: (index: number) => Float32Array;
	/** The forward value of output `index`; only what `needs` named. */
	readonly output: (index: number) => Float32Array;
	/** Whether somebody wants the adjoint of input `index`; a rule may leave the others out. */
	readonly wanted: (index: number) => boolean;
	/** Matrix products and convolutions on the runtime, prepared once a node. */
	readonly kernels: Kernels;
	/** Lends an array, filled with anything, which nobody reads once the walk is over. */
	readonly lend: Lend;
};

/** Adjoints of a node's inputs; undefined where nothing passes or nobody wants it. */
export type InputAdjoints = ReadonlyArray<Adjoint | undefined>;

/**
How derivatives pass one operator.

`dense` is always there and exact. `sparse` keeps sparse what is sparse; without it (or where it returns undefined, because these attributes do not allow it) the walk makes the adjoint dense first. `pooled` answers only the sum over space that Grad-CAM's weights need, and `dotted` only the products that HiResCAM sums, without ever placing rows. `pending` and `overwrite` say the same as `sparse`, for rows that are still to be written.
*/
export type AdjointRule = {
	/** Whether the operator lets positive numbers through and holds negative ones back, wholly or in part, as ReLU and its like: where a walk may follow another rule than the derivative's. */
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
	/** What `sparse` answers, before it is computed, so that what several nodes add to a value is written to one place; undefined where `sparse` does better. */
	readonly pending?: (
		context: ReverseContext,
		adjoint: SparseAdjoint,
	) => ReadonlyArray<PendingAdjoint | undefined> | undefined;
	/** Multiplies rows that nobody else reads by the derivative at their positions, in place; for operators of one input that map every element by itself. */
	readonly overwrite?: (
		context: ReverseContext,
		positions: Int32Array,
		rows: Float32Array,
	) => void;
	/** The adjoint of input `index` summed over space, in parts; undefined where there is no short cut. The adjoint's rows are gone when it has answered. */
	readonly pooled?: (
		context: ReverseContext,
		adjoint: SparseAdjoint,
		index: number,
	) => readonly PendingSums[] | undefined;
	/** `[seeds, space]` the adjoint of an input times its forward values, summed over channels; undefined where there is no short cut. */
	readonly dotted?: (
		context: ReverseContext,
		adjoint: SparseAdjoint,
		input: {
			readonly index: number;
			/** Its forward values `[space, channels]`. */
			readonly byPosition: () => Promise<Float32Array>;
		},
	) => Promise<Float32Array | undefined>;
};
