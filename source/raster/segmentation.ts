import type {Color} from './image.js';

/** One class of a segmentation: what its pixels are called and how they are painted. */
export type SegmentationClass = {
	/** The index that the file stores, or one given to a colour that no palette knows. */
	readonly id: number;
	/** For the screen; control characters are already gone. */
	readonly name: string;
	readonly color: Color;
	/** No palette knows the colour: `id` and `name` are made up. */
	readonly isUnknown?: true;
};

/** The class of every pixel of an image, row-major. */
export type Segmentation = {
	/** Pixels. */
	readonly width: number;
	/** Pixels. */
	readonly height: number;
	/** `width · height` keys into `classes`. */
	readonly labels: Uint8Array | Uint16Array;
	/** Class by the key that `labels` holds. */
	readonly classes: ReadonlyMap<number, SegmentationClass>;
	/** What named the classes, for the screen: "VOC", "Cityscapes", a file's name … */
	readonly palette: string;
};
