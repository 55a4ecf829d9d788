import {Buffer} from 'node:buffer';
import process from 'node:process';
import sharp, {type OverlayOptions} from 'sharp';
import {signNames} from './faces.js';
import {generateSign} from './scene.js';

/*
Writes signs, a class a column, to look at:
tsx models/signs/contact-sheet.ts FILE [rows] [size]
*/

const [file = 'signs.png', ...numbers] = process.argv.slice(2);
const [rows = 8, size = 96] = numbers.map(Number);
const columns = signNames.length;

const tiles = Array.from(
	{length: rows * columns},
	(_, seed): OverlayOptions => {
		const {image} = generateSign({seed, size});
		return {
			input: Buffer.from(image.data),
			raw: {width: size, height: size, channels: 3},
			left: (seed % columns) * size,
			top: Math.floor(seed / columns) * size,
		};
	},
);

await sharp({
	create: {
		width: columns * size,
		height: rows * size,
		channels: 3,
		background: 'black',
	},
})
	.composite(tiles)
	.toFile(file);
