import {Buffer} from 'node:buffer';
import sharp from 'sharp';
import {type ColorMap, weightColor} from '../../../raster/colormaps.js';
import type {FigureLayout} from '../../../raster/figure-layout.js';
import {type Image, solidImage} from '../../../raster/image.js';
import {paintPixel} from '../../../raster/markers.js';
import {textPath} from './text.js';

const background = '#ffffff';

const hexadecimal = (color: number) =>
	`#${color.toString(16).padStart(6, '0')}`;

const rawOf = ({width, height}: Image) => ({
	raw: {width, height, channels: 3 as const},
});

/** A bar of the colour map, from the greatest weight at the top down to 0. */
const drawBar = (
	{width, height}: {readonly width: number; readonly height: number},
	map: ColorMap,
): Image => {
	const bar = solidImage(width, height, 0);
	for (let y = 0; y < height; y++) {
		const color = weightColor(map, 1 - y / Math.max(1, height - 1));
		for (let x = 0; x < width; x++) {
			paintPixel(bar, x, y, color);
		}
	}

	return bar;
};

/** Draws a figure as PNG. */
export const drawFigure = async (
	{width, height, pictures, bars, texts}: FigureLayout,
	map: ColorMap,
): Promise<Uint8Array> => {
	const paths = texts.map(
		({text, style, x, baseline}) =>
			`<path fill="${hexadecimal(style.color)}" d="${textPath(text, style, x, baseline)}"/>`,
	);
	const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}">${paths.join('')}</svg>`;
	const place = (image: Image, x: number, y: number) => ({
		input: Buffer.from(image.data),
		...rawOf(image),
		left: x,
		top: y,
	});
	return sharp({create: {width, height, channels: 3, background}})
		.composite([
			...pictures.map(({picture, x, y}) => place(picture, x, y)),
			...bars.map((bar) => place(drawBar(bar, map), bar.x, bar.y)),
			{input: Buffer.from(svg), left: 0, top: 0},
		])
		.png()
		.toBuffer();
};
