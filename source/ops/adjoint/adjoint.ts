import type {Shape} from '../../graph/tensor.js';

/**
The derivative of a batch of scalars, the seeds, with respect to one value of the network.

A seed is what is being explained: one pixel's logit, or a sum of logits. Seeds are batched so that one matrix product serves them all. A value's shape is read as `[1, channels, …space]`; a position is a flat index into its space.
*/
export type Adjoint = SparseAdjoint | DenseAdjoint;

/**
An adjoint that is zero except at a few positions, plus a term that is the same at every position (what came through global pooling).

Row r holds, for seed `owners[r]` at `positions[r]`, the derivative along the channels: `rows[r · channels …]`. Each pair (owner, position) occurs once, and rows are ordered by owner.
*/
export type SparseAdjoint = {
	readonly kind: 'sparse';
	/** The number of seeds. */
	readonly seeds: number;
	/** The shape of the value, `[1, channels, …space]`. */
	readonly shape: Shape;
	/** `[R]` the seed of each row. */
	readonly owners: Int32Array;
	/** `[R]` flat index into the space of each row, `row · width + column`. */
	readonly positions: Int32Array;
	/** `[R, channels]` */
	readonly rows: Float32Array;
	/** `[seeds, channels]`, added at every position of the space; absent where it is zero. */
	readonly uniform?: Float32Array;
};

/** An adjoint that stores every element. */
export type DenseAdjoint = {
	readonly kind: 'dense';
	/** The number of seeds. */
	readonly seeds: number;
	/** The shape of the value. */
	readonly shape: Shape;
	/** `[seeds, …shape without its leading 1]` in C order; any other leading size is kept, per seed. */
	readonly data: Float32Array;
};
