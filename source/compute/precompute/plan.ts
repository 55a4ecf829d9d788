import type {Graph} from '../../graph/graph.js';
import type {Size, View} from '../../raster/view.js';
import type {SumJob} from '../directions/plan.js';
import type {Band} from './band.js';
import type {PixelPlaces} from './place-pixels.js';
import type {RowRange} from './row-range.js';
import type {SeedGrid} from './seed-grid.js';
import type {SummedBand} from './share-sums.js';

/** What is written of each pixel. */
export type PointOptions = {
	/** The most points of a pixel. */
	readonly top: number;
	/** The least weight that is written, 0–1. */
	readonly threshold: number;
	/** Every how many pixels, along both axes, one is explained. */
	readonly stride: number;
	/** Whether points are pixels of the map enlarged to the image, instead of the centres of the layer's cells. */
	readonly upsample: boolean;
};

/** All that a worker needs to explain any pixel of one image: plain data. */
export type Plan = PointOptions & {
	/** What lies between the seeds and the layer. */
	readonly graph: Graph;
	readonly layer: string;
	readonly method: string;
	/** Its name. */
	readonly runtime: string;
	/** What the forward pass left behind, by name, in shared memory. */
	readonly values: ReadonlyMap<string, Float32Array>;
	readonly seeds: SeedGrid;
	readonly image: Size;
	/** What the network sees, in pixels of the image. */
	readonly view: View;
	readonly places: PixelPlaces;
	/** By pixel of the image; `noClass` where it is not explained. */
	readonly classes: Uint16Array;
	/** Whether gradients are summed along the method's directions for all seeds at once, before any map is made. */
	readonly isSummedFirst: boolean;
};

/** In a list of classes: the pixel is not explained. */
export const noClass = 0xff_ff;

/** How many pixels got which kind of lines. */
export type Counts = {
	/** With points. */
	readonly explained: number;
	/** Empty, since nothing in the layer speaks for the class. */
	readonly zero: number;
	/** Empty, since between the pixels of the stride. */
	readonly skipped: number;
	/** Empty, since the network does not see the pixel, or the mask names no class of the network. */
	readonly unclassed: number;
};

/** Of no pixels. */
export const noCounts: Counts = {
	explained: 0,
	zero: 0,
	skipped: 0,
	unclassed: 0,
};

/** Of both together. */
export const addCounts = (a: Counts, b: Counts): Counts => ({
	explained: a.explained + b.explained,
	zero: a.zero + b.zero,
	skipped: a.skipped + b.skipped,
	unclassed: a.unclassed + b.unclassed,
});

/** A band that workers fill together; all arrays are in shared memory. */
export type SharedBand = (Band | SummedBand) & {
	/** `[seeds, space]` before their ReLU. */
	readonly maps: Float32Array;
	/** `[1]` the first seed that nobody has taken: whoever is free takes the next ones. */
	readonly next: Int32Array;
};

/** The lines of some rows. */
export type EncodedRows = RowRange & {
	readonly bytes: Uint8Array<ArrayBuffer>;
	readonly counts: Counts;
};

/** What a worker is asked: to help summing gradients or filling a band, or for the lines of some of its rows. */
export type Job =
	| ({readonly kind: 'sum'} & SumJob)
	| {readonly kind: 'fill'; readonly band: SharedBand}
	| ({readonly kind: 'encode'} & RowRange);

/** What a worker answers: nothing where it was to help. The class of an error would not survive the way, so it is told. */
export type Answer = EncodedRows | {readonly modelError: string} | undefined;
