import type {Values} from '../../autodiff/walk/walk.js';
import type {Graph} from '../../graph/graph.js';

/** Everything a worker needs to push changes of a layer through a network, for one image: plain data. */
export type DirectionsPlan = {
	/** The part between the layer and the logits. */
	readonly graph: Graph;
	readonly layer: string;
	readonly logits: string;
	/** A runtime's name. */
	readonly runtime: string;
	/** Forward values by name, in shared memory. */
	readonly values: Values;
};

/** Pixels of the logits, each paired with a class. */
export type Seeds = {
	/** `[seeds]` flat positions. */
	readonly positions: Uint32Array;
	/** `[seeds]` */
	readonly ids: Uint16Array;
};

/** Seeds, and the derivative of each seed's logit along each direction. */
export type SummedSeeds = Seeds & {
	/** `[directions, seeds]`: the gradient of each seed's logit times the direction, summed over the layer; in shared memory. */
	readonly sums: Float32Array;
};

/** A job for all workers together; its arrays are in shared memory. */
export type SumJob = {
	/** The name of the linear method that the directions belong to. */
	readonly method: string;
	readonly parts: readonly SummedSeeds[];
	/** `[1]`: the first direction that no worker has taken. */
	readonly next: Int32Array;
};
