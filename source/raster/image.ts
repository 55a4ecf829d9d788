/** A picture of 8-bit RGB pixels, row-major, three bytes per pixel, top left first. */
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

/** An image of one colour. */
export const solidImage = (
	width: number,
	height: number,
	color: Color,
): Image => {
	const data = new Uint8Array(width * height * 3);
	if (color === 0) {
		return {width, height, data};
	}

	for (let offset = 0; offset < data.length; offset += 3) {
		data[offset] = color >> 16;
		data[offset + 1] = color >> 8;
		data[offset + 2] = color;
	}

	return {width, height, data};
};

/** The colour of one pixel. */
export const pixelColor = (
	{data, width}: Image,
	x: number,
	y: number,
): Color => {
	const offset = (y * width + x) * 3;
	return (data[offset] << 16) | (data[offset + 1] << 8) | data[offset + 2];
};

/** A copy of the image in memory that all threads can read. */
export const shareImage = ({data, ...size}: Image): Image => {
	const shared = new Uint8Array(new SharedArrayBuffer(data.length));
	shared.set(data);
	return {...size, data: shared};
};
