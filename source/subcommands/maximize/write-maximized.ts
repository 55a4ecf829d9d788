import sharp from 'sharp';
import type {Picture} from '../../cam/subject.js';
import {writeWhole} from '../../data/output-file.js';

/** Red, green and blue, or grey, as bytes. */
const toBytes = ({channels, height, width, data}: Picture): Uint8Array => {
	const area = height * width;
	const bytes = new Uint8Array(area * 3);
	for (let at = 0; at < bytes.length; at++) {
		const channel = Math.min(at % 3, channels - 1);
		bytes[at] = Math.round(data[channel * area + Math.floor(at / 3)] * 255);
	}

	return bytes;
};

/** Writes a picture of numbers 0–1 as PNG, and its curve of scores beside it as JSON; each completely or not at all. @throws {UsageError} If they cannot be written. */
export const writeMaximized = async (
	{file, curveFile}: {readonly file: string; readonly curveFile: string},
	picture: Picture,
	curve: unknown,
): Promise<void> => {
	const {width, height} = picture;
	const png = await sharp(toBytes(picture), {raw: {width, height, channels: 3}})
		.png()
		.toBuffer();
	await writeWhole(curveFile, `${JSON.stringify(curve)}\n`, 'curve');
	await writeWhole(file, png, 'picture');
};
