import type {Graph} from '../../graph/graph.js';

/** All that a worker needs to send changes of a layer through a network, for one image: plain data. */
export type DirectionsPlan = {
	/** What lies between the layer and the logits. */
	readonly graph: Graph;
	readonly layer: string;
	readonly logits: string;
	/** A runtime's name. */
	readonly runtime: string;
	/** What the forward pass left behind, by name, in shared memory. */
	readonly values: ReadonlyMap<string, Float32Array>;
};

/** Pixels of the logits, each with a class. */
export type Seeds = {
	/** `[seeds]` flat positions. */
	readonly positions: Uint32Array;
	/** `[seeds]` */
	readonly ids: Uint16Array;
};

/** Seeds, and how the logit of each changes along each direction. */
export type SummedSeeds = Seeds & {
	/** `[directions, seeds]` the gradient of each seed's logit times the direction, summed over the layer; in shared memory. */
	readonly sums: Float32Array;
};

/** What workers sum together; all arrays are in shared memory. */
export type SumJob = {
	/** The name of a linear method, whose directions they are. */
	readonly method: string;
	readonly parts: readonly SummedSeeds[];
	/** `[1]` the first direction that nobody has taken. */
	readonly next: Int32Array;
};
