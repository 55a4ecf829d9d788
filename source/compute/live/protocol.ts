import type {LoadOptions} from '../model/load-model.js';
import type {Image} from '../../raster/image.js';
import type {View} from '../../raster/view.js';
import type {SegmentationClass} from '../../raster/segmentation.js';

/** What a network is opened with. */
export type LiveOptions = {
	/** The model's file. */
	readonly model: string;
	readonly load: LoadOptions;
	/** Names and colours of the classes, where the model says none: a dataset or a JSON file. */
	readonly palette?: string | undefined;
	/** What is asked first, as `explain` takes it; else the model's default. */
	readonly layer?: string | undefined;
	/** The class that is asked first, an id or a label; else each pixel's own. */
	readonly class?: string | undefined;
};

/** What the worker is started with. */
export type LiveWorkerData = {
	readonly options: LiveOptions;
	/** Shared: the last question that nobody waits for any longer, by its id. A thread that computes hears no messages. */
	readonly overtaken: Int32Array;
};

/** A network as people see it, for one size of input. */
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
	/** What is asked first. */
	readonly layer: string;
	/** The class that is asked first; each pixel's own where left out. */
	readonly target?: number;
	/** What was guessed about the input, for people. */
	readonly guesses: readonly string[];
};

/** What the network said of an image. */
export type LivePrediction = {
	/** Columns and rows of the logits: one cell for a classifier. */
	readonly width: number;
	readonly height: number;
	/** The part of the image that the logits are stretched over, in image pixels. */
	readonly view: View;
	/** `[classes, height, width]`, before a softmax. */
	readonly logits: Float32Array;
	/** The predicted class of every image pixel, row-major; the number of classes outside of the view, of which there are two where a single one is told from its absence. Absent for a classifier. */
	readonly labels?: Uint8Array | Uint16Array;
	/** The image's size, in pixels. */
	readonly picture: {readonly width: number; readonly height: number};
	/** Milliseconds that the forward pass took. */
	readonly ms: number;
};

/** One heatmap, asked for. */
export type LiveQuestion = {
	readonly class: number;
	/** The class whose logits are taken off. */
	readonly versus?: number | undefined;
	/** Cells of the logits, whose sum is explained. */
	readonly cells: Uint32Array;
	readonly layer: string;
	readonly method: string;
};

/** One heatmap: the cells of the layer that are above zero, the strongest of them 1. */
export type LiveMap = {
	readonly width: number;
	readonly height: number;
	readonly indices: Uint32Array;
	readonly weights: Float32Array;
	/** The part of the image that the grid is stretched over, in image pixels. */
	readonly extent: View;
	/** Milliseconds from the question to the map, within the worker. */
	readonly ms: number;
};

/** Who must do something about an error. */
export type Blame = 'usage' | 'model' | 'program';

/** What the worker is told; the images are counted. */
export type LiveCommand =
	| {readonly type: 'see'; readonly image: number; readonly picture: Image}
	| {
			readonly type: 'explain';
			readonly id: number;
			readonly question: LiveQuestion;
	  }
	| {readonly type: 'close'};

/** What the worker tells. */
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
