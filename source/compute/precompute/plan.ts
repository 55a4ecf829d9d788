import type {Values} from '../../autodiff/walk/walk.js';
import type {Graph} from '../../graph/graph.js';
import type {Size, View} from '../../raster/view.js';
import type {SumJob} from '../directions/plan.js';
import type {PixelPlaces} from '../input/place-pixels.js';
import type {Band} from './seeds/band.js';
import type {RowRange} from './row-range.js';
import type {SeedGrid} from './seeds/seed-grid.js';
import type {SummedBand} from './seeds/share-sums.js';

/** What is written for each pixel. */
export type PointOptions = {
	/** The maximum number of points. */
	readonly top: number;
	/** The smallest weight that is written, 0–1. */
	readonly threshold: number;
	/** The spacing of explained pixels, along both axes. */
	readonly stride: number;
	/** Whether points are pixels of the map at the image's resolution, instead of the centres of the layer's cells. */
	readonly upsample: boolean;
};

/** Everything a worker needs to explain any pixel of one image: plain data. */
export type Plan = PointOptions & {
	/** The part between the seeds and the layer. */
	readonly graph: Graph;
	readonly layer: string;
	readonly method: string;
	/** Its name. */
	readonly runtime: string;
	/** Forward values by name, in shared memory. */
	readonly values: Values;
	readonly seeds: SeedGrid;
	readonly image: Size;
	/** What the network sees, in pixels of the image. */
	readonly view: View;
	readonly places: PixelPlaces;
	/** By image pixel; `noClass` where it is not explained. */
	readonly classes: Uint16Array;
	/** Whether gradients are summed along the method's directions for all seeds, before any map is made. */
	readonly isSummedFirst: boolean;
};

/** Marks a pixel that is not explained. */
export const noClass = 0xff_ff;

/** Counts of pixels by the kind of their lines. */
export type Counts = {
	/** With points. */
	readonly explained: number;
	/** Empty, because nothing in the layer speaks for the class. */
	readonly zero: number;
	/** Empty, because they lie between the pixels of the stride. */
	readonly skipped: number;
	/** Empty, because the network does not see them, or the mask gives them no class of the network. */
	readonly unclassed: number;
};

/** The counts of no pixels. */
export const noCounts: Counts = {
	explained: 0,
	zero: 0,
	skipped: 0,
	unclassed: 0,
};

/** The sum of two counts. */
export const addCounts = (a: Counts, b: Counts): Counts => ({
	explained: a.explained + b.explained,
	zero: a.zero + b.zero,
	skipped: a.skipped + b.skipped,
	unclassed: a.unclassed + b.unclassed,
});

/** A band that workers fill together; its arrays are in shared memory. */
export type SharedBand = (Band | SummedBand) & {
	/** `[seeds, space]` before their ReLU. */
	readonly maps: Float32Array;
	/** `[1]`: the first seed that no worker has taken; an idle worker takes the next ones. */
	readonly next: Int32Array;
};

/** The encoded lines of some rows. */
export type EncodedRows = RowRange & {
	readonly bytes: Uint8Array<ArrayBuffer>;
	readonly counts: Counts;
};

/** A job for a worker: help to sum gradients or to fill a band, or encode some of its rows. */
export type Job =
	| ({readonly kind: 'sum'} & SumJob)
	| {readonly kind: 'fill'; readonly band: SharedBand}
	| ({readonly kind: 'encode'} & RowRange);

/** A worker's reply; empty after helping. Errors are sent as data, since their class would not survive. */
export type Answer = EncodedRows | {readonly modelError: string} | undefined;
