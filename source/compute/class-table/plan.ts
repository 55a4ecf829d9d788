import type {Graph} from '../../graph/graph.js';
import {positionCount} from '../../ops/adjoint/extent.js';
import type {Mix} from '../../ops/adjoint/unmix-rows.js';
import {mixOf} from '../../ops/resize.js';
import {viewOf} from '../../ops/view.js';

/** All that a worker needs to fill the tables of a layer, whatever the image: plain data. */
export type TablePlan = {
	/** What lies between the layer and the low-resolution logits. */
	readonly graph: Graph;
	readonly layer: string;
	/** The low-resolution logits, which the resize mixes. */
	readonly logits: string;
	/** A runtime's name. */
	readonly runtime: string;
	/** Whether everything else goes first, and has a core for itself. */
	readonly isBackground: boolean;
};

/** The part of a table that one worker is filling. */
export type TableJob = {
	/** The class. */
	readonly id: number;
	/** Forward values by name, in shared memory; the same map as long as the image is the same. */
	readonly values: ReadonlyMap<string, Float32Array>;
	/** The same for jobs about the same image. */
	readonly image: number;
	/** `[seeds, space]` the rows of the table, in shared memory. */
	readonly maps: Float32Array;
	/** How many rows there are, and how many are computed at a time. */
	readonly seeds: number;
	readonly chunk: number;
	/** `[1]` the first row that nobody has taken, in shared memory: whoever is free takes the next chunk. */
	readonly next: Int32Array;
};

/** The low-resolution logits behind some logits, and what each pixel is mixed from. */
export type LowResolution = {
	readonly logits: string;
	readonly mix: (position: number) => Mix;
};

/** Numbers in a class table: a map of the layer for every pixel of the low-resolution logits. */
export const classTableSize = (
	{values}: Graph,
	logits: string,
	layer: string,
): number =>
	positionCount(values.get(logits)!.shape) *
	positionCount(values.get(layer)!.shape);

/** Where a head ends in a resize over space; undefined where it does not. */
export const findLowResolution = (
	graph: Graph,
	logits: string,
): LowResolution | undefined => {
	const node = graph.nodes.find(({outputs}) => outputs[0] === logits);
	if (node?.opType !== 'Resize') {
		return undefined;
	}

	const mix = mixOf(viewOf(graph, node));
	return mix && {logits: node.inputs[0], mix};
};
