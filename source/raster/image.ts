/** A picture of 8-bit RGB pixels, row-major, three bytes a pixel, top left first. */
export type Image = {
	/** Pixels. */
	readonly width: number;
	/** Pixels. */
	readonly height: number;
	/** `width · height · 3` bytes. */
	readonly data: Uint8Array;
};

/** A colour as 0xRRGGBB. */
export type Color = number;
