import {Buffer} from 'node:buffer';
import process from 'node:process';
import sharp, {type CreateRaw} from 'sharp';
import {rgb} from '../painting/color.js';
import {streetClasses} from './classes.js';
import {generateScene} from './scene.js';

/*
Writes scenes beside their segmentation, to look at:
tsx models/street/contact-sheet.ts FILE [first seed] [rows] [columns] [scene width]
*/

const [file = 'contact-sheet.png', ...numbers] = process.argv.slice(2);
const [first = 1, rows = 6, columns = 4, width = 192] = numbers.map(Number);
const height = Math.round((width * 2) / 3);

const tiles = Array.from({length: rows * columns}, (_, index) => {
	const {image, segmentation} = generateScene({
		seed: first + index,
		width,
		height,
	});
	const colors = streetClasses.map(({color}) =>
		rgb(color).map((value) => value * 255),
	);
	const painted = Uint8Array.from(
		[...segmentation.labels].flatMap((label) => colors[label]),
	);
	const left = (index % columns) * 2 * width;
	const top = Math.floor(index / columns) * height;
	const raw: CreateRaw = {width, height, channels: 3};
	return [
		{input: Buffer.from(image.data), raw, left, top},
		{input: Buffer.from(painted), raw, left: left + width, top},
	];
}).flat();

await sharp({
	create: {
		width: columns * 2 * width,
		height: rows * height,
		channels: 3,
		background: 'black',
	},
})
	.composite(tiles)
	.toFile(file);
