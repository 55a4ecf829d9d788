import type {Shape} from '../../graph/tensor.js';

/**
The derivative of some scalars, the seeds, with respect to one value of the network.

A seed is what is being explained: one pixel's logit, or a sum of logits. Several seeds walk the network together, so that a matrix product serves them all. A value's shape is seen as `[1, channels, …space]`; a position is a flat index into its space.
*/
export type Adjoint = SparseAdjoint | DenseAdjoint;

/**
An adjoint that is zero but at a few positions, plus a term that is the same at every position (what came through global pooling).

Row r says: for seed `owners[r]`, at `positions[r]`, the derivative along the channels is `rows[r · channels …]`. A pair (owner, position) occurs once. Rows are ordered by owner.
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

/** An adjoint that is stored whole. */
export type DenseAdjoint = {
	readonly kind: 'dense';
	/** The number of seeds. */
	readonly seeds: number;
	/** The shape of the value. */
	readonly shape: Shape;
	/** `[seeds, …shape without its leading 1]` in C order; a shape of another leading size is kept whole per seed. */
	readonly data: Float32Array;
};
