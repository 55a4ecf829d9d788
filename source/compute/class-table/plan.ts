import type {Values} from '../../autodiff/walk/walk.js';
import type {Graph} from '../../graph/graph.js';
import {positionCount} from '../../ops/adjoint/extent.js';
import type {Mix} from '../../ops/adjoint/unmix-rows.js';
import {mixOf} from '../../ops/operators/resize.js';
import {viewOf} from '../../ops/node/view.js';

/** Everything a worker needs to fill the tables of a layer, for any image: plain data. */
export type TablePlan = {
	/** The part between the layer and the low-resolution logits. */
	readonly graph: Graph;
	readonly layer: string;
	/** The low-resolution logits, which the resize mixes. */
	readonly logits: string;
	/** A runtime's name. */
	readonly runtime: string;
	/** Whether everything else has priority, and a core of its own. */
	readonly isBackground: boolean;
};

/** A table that workers fill together. */
export type TableJob = {
	/** The class. */
	readonly id: number;
	/** Forward values by name, in shared memory; the same map object as long as the image is the same. */
	readonly values: Values;
	/** Equal for jobs about the same image. */
	readonly image: number;
	/** `[seeds, space]`: the table's rows, in shared memory. */
	readonly maps: Float32Array;
	/** The number of rows, and how many are computed at a time. */
	readonly seeds: number;
	readonly chunk: number;
	/** `[1]`: the first row that no worker has taken, in shared memory; an idle worker takes the next chunk. */
	readonly next: Int32Array;
};

/** The low-resolution logits behind some logits, and how each pixel is mixed from them. */
export type LowResolution = {
	readonly logits: string;
	readonly mix: (position: number) => Mix;
};

/** Numbers in a class table: one map of the layer for every low-resolution pixel. */
export const classTableSize = (
	{values}: Graph,
	logits: string,
	layer: string,
): number =>
	positionCount(values.get(logits)!.shape) *
	positionCount(values.get(layer)!.shape);

/** The resize over space that a head ends in; undefined where there is none. */
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
