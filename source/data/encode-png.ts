import type {Image} from '../raster/image.js';

/** Encodes an image as PNG. */
export const encodePng = async ({
	data,
	width,
	height,
}: Image): Promise<Uint8Array> => {
	const {default: sharp} = await import('sharp');
	return sharp(data, {raw: {width, height, channels: 3}})
		.png()
		.toBuffer();
};
