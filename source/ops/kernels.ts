import type {Graph, Node} from '../graph/graph.js';
import type {Shape} from '../graph/tensor.js';

/** `A [M, K] → A · W [M, N]` with W fixed beforehand: written into `into` and that answered, or where it is left out, a new array. */
export type MatrixProduct = (
	a: Float32Array,
	m: number,
	into?: Float32Array,
) => Float32Array | Promise<Float32Array>;

/** A matrix `[k, n]`, and how it lies in memory: row by row, or column by column, as `[n, k]`. */
export type Matrix = {
	readonly k: number;
	readonly n: number;
	/** Rows where left out. */
	readonly by?: 'rows' | 'columns';
};

/** `A [M, K] → A · W [M, N]`, until W is let go of. */
export type HeldProduct = {
	(a: Float32Array, m: number): Float32Array | Promise<Float32Array>;
	readonly dispose?: () => void;
};

/**
The heavy arithmetic of the reverse walk, done by whichever runtime is in use.

Whatever is prepared is kept under its key for as long as the network is loaded, so a key names the node and the purpose ("/head/Conv dX").
*/
export type Kernels = {
	/** Prepares a product with `weights()`; the function is called only the first time. */
	readonly product: (
		key: string,
		matrix: Matrix,
		weights: () => Float32Array,
	) => Promise<MatrixProduct>;
	/** Holds what one image left behind, `[k, n]`, where all questions about it are computed; whoever asked lets go of it with the image. */
	readonly hold: (
		key: string,
		k: number,
		n: number,
		matrix: Float32Array,
	) => Promise<HeldProduct>;
	/** Runs one operator of the network's own kind (a flipped Conv, a ConvTranspose, a MatMul) on dense data. */
	readonly run: (
		key: string,
		operation: KernelOperation,
		inputs: readonly Float32Array[],
	) => Promise<Float32Array>;
	/** Loads a network of several nodes; the function is called only the first time. */
	readonly network: (key: string, make: () => Graph) => Promise<KernelNetwork>;
};

/** Runs a network that knows nothing of batches once for each of several inputs, and answers what came out by name, one after the other. */
export type KernelNetwork = (
	feeds: NetworkFeeds,
	fetches: readonly string[],
) => Promise<ReadonlyMap<string, Float32Array>>;

/** What a network reads, by name. */
export type NetworkFeeds = {
	/** How many inputs. */
	readonly count: number;
	/** `[count, …]`: an element of each for every input. */
	readonly fed: ReadonlyMap<string, Float32Array>;
	/** The same for all of them. The same map for many runs is copied to where they are computed once. */
	readonly kept: ReadonlyMap<string, Float32Array>;
};

/** One operator as a network of its own: float32 inputs of these shapes, then constants. */
export type KernelOperation = {
	readonly node: Pick<Node, 'opType' | 'attributes'>;
	readonly shapes: readonly Shape[];
	/** Made once a key. */
	readonly constants: () => ReadonlyArray<{
		readonly shape: Shape;
		readonly data: Float32Array;
	}>;
	readonly output: Shape;
};
