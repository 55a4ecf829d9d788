import {writeFileSync} from 'node:fs';
import path from 'node:path';
import sharp from 'sharp';

/** Pixels of the made-up image. */
export const width = 60;
export const height = 40;

const clamp = (value: number, length: number): number =>
	Math.min(Math.max(value, 0), length - 1);

/** Left half aeroplane, right half person, a band of background above: VOC's colours. */
const classColor = (x: number, y: number): [number, number, number] =>
	y < 8 ? [0, 0, 0] : x < width / 2 ? [128, 0, 0] : [192, 128, 128];

const pixels = (
	color: (x: number, y: number) => [number, number, number],
): Uint8Array =>
	Uint8Array.from(
		Array.from({length: width * height}, (_, pixel) =>
			color(pixel % width, Math.floor(pixel / width)),
		).flat(),
	);

/** The two lines of a pixel: the corners of a box of 6 × 4 pixels around it. */
const csvLines = (pixel: number): string => {
	const x = pixel % width;
	const y = Math.floor(pixel / width);
	const corners = [
		[x - 2, y - 1],
		[x + 3, y - 1],
		[x - 2, y + 2],
		[x + 3, y + 2],
	].map(([column, row]) => clamp(row, height) * width + clamp(column, width));
	const indices = [...new Set(corners)];
	const weights = ['0.4000', '0.6000', '0.8000', '1.0000'];
	return `${indices.join(' ')}\n${weights.slice(0, indices.length).join(' ')}\n`;
};

/** Writes an image, its segmentation and its CSV into a folder, under a name. */
export const writeScene = async (
	folder: string,
	name: string,
): Promise<{image: string; segmentation: string; csv: string}> => {
	const raw = {width, height, channels: 3} as const;
	const files = {
		image: path.join(folder, `${name}.jpg`),
		segmentation: path.join(folder, `${name}.png`),
		csv: path.join(folder, `${name}.csv`),
	};
	await sharp(
		pixels((x, y) => [x * 4, y * 6, 128]),
		{raw},
	)
		.jpeg({quality: 95})
		.toFile(files.image);
	await sharp(pixels(classColor), {raw}).png().toFile(files.segmentation);
	writeFileSync(
		files.csv,
		Array.from({length: width * height}, (_, pixel) => csvLines(pixel)).join(
			'',
		),
	);
	return files;
};
