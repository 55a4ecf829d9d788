import type {LoadOptions} from '../model/load-model.js';
import type {Image} from '../../raster/image.js';
import type {View} from '../../raster/view.js';
import type {SegmentationClass} from '../../raster/segmentation.js';

/** How a network is opened. */
export type LiveOptions = {
	/** The model's file. */
	readonly model: string;
	readonly load: LoadOptions;
	/** Names and colours of the classes where the model has none: a dataset or a JSON file. */
	readonly palette?: string | undefined;
	/** The first question, as `explain` takes it; the model's default where left out. */
	readonly layer?: string | undefined;
	/** The first target, an id or a label; each pixel's own class where left out. */
	readonly class?: string | undefined;
};

/** What the worker is started with. */
export type LiveWorkerData = {
	readonly options: LiveOptions;
	/** Shared memory with the id of the last cancelled question: a thread that computes receives no messages. */
	readonly overtaken: Int32Array;
};

/** A network as people see it, for one input size. */
export type LiveNetwork = {
	/** Safe for the screen. */
	readonly name: string;
	readonly runtime: string;
	/** By id. */
	readonly classes: readonly SegmentationClass[];
	/** In the network's order. */
	readonly layers: ReadonlyArray<{
		readonly name: string;
		/** `[1, channels, height, width]` */
		readonly shape: readonly number[];
	}>;
	/** The first layer to explain. */
	readonly layer: string;
	/** The first class to explain; each pixel's own where left out. */
	readonly target?: number;
	/** Guesses about the input, one sentence each. */
	readonly guesses: readonly string[];
};

/** A network's prediction for an image. */
export type LivePrediction = {
	/** Columns and rows of the logits; a single cell for a classifier. */
	readonly width: number;
	readonly height: number;
	/** The part of the image that the logits cover, in image pixels. */
	readonly view: View;
	/** `[classes, height, width]`, before a softmax. */
	readonly logits: Float32Array;
	/** The predicted class of every image pixel, row-major; outside the view the number of classes, where a single class counts as two, itself and its absence. Absent for a classifier. */
	readonly labels?: Uint8Array | Uint16Array;
	/** The image's size, in pixels. */
	readonly picture: {readonly width: number; readonly height: number};
};

/** A question: one heatmap. */
export type LiveQuestion = {
	readonly class: number;
	/** The class whose logits are subtracted. */
	readonly versus?: number | undefined;
	/** Cells of the logits, whose sum is explained. */
	readonly cells: Uint32Array;
	readonly layer: string;
	readonly method: string;
};

/** A heatmap: the layer's cells above zero, scaled so that the strongest is 1. */
export type LiveMap = {
	readonly width: number;
	readonly height: number;
	readonly indices: Uint32Array;
	readonly weights: Float32Array;
	/** The part of the image that the grid covers, in image pixels. */
	readonly extent: View;
	/** Milliseconds that the worker took. */
	readonly ms: number;
};

/** Whose fault an error is. */
export type Blame = 'usage' | 'model' | 'program';

/** Messages to the worker; images are numbered. */
export type LiveCommand =
	| {readonly type: 'see'; readonly image: number; readonly picture: Image}
	| {
			readonly type: 'explain';
			readonly id: number;
			readonly question: LiveQuestion;
	  }
	| {readonly type: 'close'};

/** Messages from the worker. */
export type LiveEvent =
	| {readonly type: 'phase'; readonly image: number; readonly label: string}
	| {
			readonly type: 'seen';
			readonly image: number;
			readonly network: LiveNetwork;
			readonly prediction: LivePrediction;
	  }
	| {
			readonly type: 'failed';
			readonly image: number;
			readonly message: string;
			readonly blame: Blame;
	  }
	/** 0–1 of what is computed in the background; absent once nothing is. */
	| {readonly type: 'table'; readonly image: number; readonly done?: number}
	/** 0–1 of the passes of a method that takes many. */
	| {readonly type: 'progress'; readonly id: number; readonly done: number}
	| {readonly type: 'explained'; readonly id: number; readonly map: LiveMap}
	| {readonly type: 'refused'; readonly id: number; readonly message: string};
