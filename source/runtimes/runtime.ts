import type {Graph} from '../graph/graph.js';
import type {HeldProduct, MakeWeights, Matrix} from '../ops/rules/kernels.js';

/** A network that is ready to run. */
export type Session = {
	/** Feeds by input name, `[N, C, H, W]` in C order; returns the wanted values by name, and copies no others. `kept` is fed too: a runtime with memory of its own uploads it once, until a run comes with another map. */
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
	/** Computes in memory of its own, so that feeds are uploaded: what many questions read should stay there. */
	readonly hasOwnMemory?: boolean;
	/** Prepares a graph of which only `fetches` will be wanted. */
	readonly load: (graph: Graph, fetches: readonly string[]) => Promise<Session>;
	/** Prepares `A [M, K] → A · W [M, N]` with W fixed: the one hot primitive of the reverse walk. */
	readonly prepare: (
		matrix: Matrix,
		weights: MakeWeights,
	) => Promise<HeldProduct>;
	readonly dispose: () => Promise<void>;
};

/** How a runtime is opened. */
export type OpenOptions = {
	/** Of the forward pass; one for each core where left out. */
	readonly threads?: number;
	/** Whether one that is named after the GPU is of no use without: then it is not loaded, which takes a second or two, where files tell that there is none. */
	readonly needsGpu?: boolean;
};

/** A runtime that may be available: how to find, test and describe it. */
export type RuntimeFactory = {
	readonly name: string;
	/** Loads it and runs a small self-test. @throws {Error} whose message says why it can't be used. */
	readonly open: (options: OpenOptions) => Promise<Runtime>;
};
