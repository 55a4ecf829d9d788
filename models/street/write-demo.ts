import {writeFile} from 'node:fs/promises';
import sharp from 'sharp';
import {encodePalettePng} from '../painting/palette-png.js';
import {streetClasses} from './classes.js';
import {demoScene} from './demo-scene.js';
import {generateScene} from './scene.js';

/*
Writes fixtures/demo: the picture, its segmentation, and the palette that names the classes, which also lies beside the network.
npm run models:demo
*/

const folder = new URL('../../fixtures/demo/', import.meta.url);
const {image, segmentation} = generateScene(demoScene);
const {width, height} = image;

const picture = sharp(image.data, {raw: {width, height, channels: 3}});
await writeFile(
	new URL('street.png', folder),
	await picture.png({compressionLevel: 9, adaptiveFiltering: true}).toBuffer(),
);

await writeFile(
	new URL('street-segmentation.png', folder),
	encodePalettePng(segmentation),
);

const palette = {
	name: 'Street',
	classes: streetClasses.map(({id, name, color}) => ({
		id,
		name,
		color: [color >> 16, (color >> 8) & 255, color & 255],
	})),
};
const text = `${JSON.stringify(palette, undefined, '\t')}\n`;
await writeFile(new URL('street.json', folder), text);
await writeFile(new URL('palette.json', import.meta.url), text);
