import type {Graph} from '../graph/graph.js';
import type {HeldProduct, Matrix} from '../ops/kernels.js';

/** A network that is ready to run. */
export type Session = {
	/** Feeds by input name, `[N, C, H, W]` in C order; answers the wanted values by name. Values that nobody wants are never copied out. What is kept is fed too: a runtime with memory of its own copies it there once, until a run comes with another map. */
	readonly run: (
		feeds: ReadonlyMap<string, Float32Array>,
		fetches: readonly string[],
		kept?: ReadonlyMap<string, Float32Array>,
	) => Promise<ReadonlyMap<string, Float32Array>>;
	readonly dispose: () => Promise<void>;
};

/** Something that runs networks: onnxruntime, or TensorFlow.js with one of its backends. */
export type Runtime = {
	readonly name: string;
	/** For people: "onnxruntime 1.30 (CPU)". */
	readonly description: string;
	/** Computes on a GPU. */
	readonly hasGpu?: boolean;
	/** Computes in memory of its own, into which all that it is fed is copied: what many questions read had better stay there. */
	readonly hasOwnMemory?: boolean;
	/** Prepares a graph of which only `fetches` will ever be wanted. */
	readonly load: (graph: Graph, fetches: readonly string[]) => Promise<Session>;
	/** Prepares `A [M, K] → A · W [M, N]` with W fixed: the one hot primitive of the reverse walk. */
	readonly prepare: (
		weights: Float32Array,
		matrix: Matrix,
	) => Promise<HeldProduct>;
	readonly dispose: () => Promise<void>;
};

/** A runtime that may be there: how it is found, tried and explained. */
export type RuntimeFactory = {
	readonly name: string;
	/** Loads it and runs a small self-test. @throws {Error} whose message says why it can't be used. */
	readonly open: (options: {readonly threads?: number}) => Promise<Runtime>;
};
