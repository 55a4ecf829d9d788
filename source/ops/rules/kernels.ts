import type {Graph, Node} from '../../graph/graph.js';
import type {Shape} from '../../graph/tensor.js';
import type {Allocate} from '../adjoint/scratch.js';

/** `A [M, K] → A · W [M, N]` for a fixed W. Writes into `into` and returns it, or a new array where it is left out. */
export type MatrixProduct = (
	a: Float32Array,
	m: number,
	into?: Float32Array,
) => Float32Array | Promise<Float32Array>;

/** A matrix `[k, n]` and its memory layout: row by row, or column by column, as `[n, k]`. */
export type Matrix = {
	readonly k: number;
	readonly n: number;
	/** Rows where left out. */
	readonly by?: 'rows' | 'columns';
	/** Whether it is soon another one, as with the next image: not worth being laid out for the processor. */
	readonly isShortLived?: boolean;
};

/** Makes the numbers of a matrix, in an array that it may allocate where products read it best, or in one of its own. */
export type MakeWeights = (
	allocate: Allocate,
) => Float32Array | Promise<Float32Array>;

/** A matrix of a network, under the key that its product is prepared with. */
export type FixedMatrix = Matrix & {
	readonly key: string;
	readonly weights: MakeWeights;
};

/** `A [M, K] → A · W [M, N]`, until W is released. */
export type HeldProduct = MatrixProduct & {readonly dispose?: () => void};

/**
The heavy arithmetic of the reverse walk, done by whichever runtime is in use.

Everything prepared is cached under its key for as long as the network is loaded, so a key names the node and the purpose ("/head/Conv dX").
*/
export type Kernels = {
	/** Prepares a product with `weights()`, which is called when they are first read, and may be called once more where they are read in two ways. */
	readonly product: (
		key: string,
		matrix: Matrix,
		weights: MakeWeights,
	) => Promise<MatrixProduct>;
	/** Takes a matrix that belongs to one image to where products are computed; the caller releases it with the image. */
	readonly hold: (matrix: Matrix, weights: MakeWeights) => Promise<HeldProduct>;
	/** Runs one operator of the network's own kind (a flipped Conv, a ConvTranspose, a MatMul) on dense data. */
	readonly run: (
		key: string,
		operation: KernelOperation,
		inputs: readonly Float32Array[],
	) => Promise<Float32Array>;
	/** Loads a network of several nodes with `make()`, which is called only the first time. */
	readonly network: (key: string, make: () => Graph) => Promise<KernelNetwork>;
};

/** Runs a network that has no batch axis on each of several inputs; returns the outputs by name, concatenated. */
export type KernelNetwork = (
	feeds: NetworkFeeds,
	fetches: readonly string[],
) => Promise<ReadonlyMap<string, Float32Array>>;

/** The inputs of a network, by name. */
export type NetworkFeeds = {
	/** The batch size. */
	readonly count: number;
	/** `[count, …]`: one element for each input of the batch. */
	readonly fed: ReadonlyMap<string, Float32Array>;
	/** Shared by the whole batch. The same map object is uploaded only once. */
	readonly kept: ReadonlyMap<string, Float32Array>;
};

/** One operator as a network of its own: float32 inputs of these shapes, then constants. */
export type KernelOperation = {
	readonly node: Pick<Node, 'opType' | 'attributes'>;
	readonly shapes: readonly Shape[];
	/** Called once for each key. */
	readonly constants: () => ReadonlyArray<{
		readonly shape: Shape;
		readonly data: Float32Array;
	}>;
	readonly output: Shape;
};
