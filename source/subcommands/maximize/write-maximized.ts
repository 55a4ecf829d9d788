import type {Picture} from '../../cam/oracle.js';
import {encodePng} from '../../data/encode-png.js';
import {writeWhole} from '../../data/output-file.js';
import type {Image} from '../../raster/image.js';

/** Red, green and blue, or grey, as bytes. */
const toImage = ({channels, height, width, data}: Picture): Image => {
	const area = height * width;
	const bytes = new Uint8Array(area * 3);
	for (let at = 0; at < bytes.length; at++) {
		const channel = Math.min(at % 3, channels - 1);
		bytes[at] = Math.round(data[channel * area + Math.floor(at / 3)] * 255);
	}

	return {width, height, data: bytes};
};

/** Writes a picture of numbers 0–1 as PNG, and its curve of scores beside it as JSON; each completely or not at all. @throws {UsageError} If they cannot be written. */
export const writeMaximized = async (
	{file, curveFile}: {readonly file: string; readonly curveFile: string},
	picture: Picture,
	curve: unknown,
): Promise<void> => {
	const png = await encodePng(toImage(picture));
	await writeWhole(curveFile, `${JSON.stringify(curve)}\n`, 'curve');
	await writeWhole(file, png, 'picture');
};
