import {createWriteStream} from 'node:fs';
import {once} from 'node:events';
import process from 'node:process';
import {generateScene} from './scene.js';

/*
Writes scenes for train.py: of each the image `[128, 192, 3]`, then its labels `[128, 192]`, a byte a value, nothing between.
tsx models/street/write-scenes.ts FILE FIRST_SEED COUNT
*/

const [file, first, count] = process.argv.slice(2);
if (!file || !count) {
	throw new Error(
		'Usage: tsx models/street/write-scenes.ts FILE FIRST_SEED COUNT',
	);
}

const stream = createWriteStream(file);
for (let seed = Number(first); seed < Number(first) + Number(count); seed++) {
	const {image, segmentation} = generateScene({seed});
	stream.write(image.data);
	if (!stream.write(segmentation.labels)) {
		// eslint-disable-next-line no-await-in-loop -- one scene after the other is the point: they don't all fit in memory.
		await once(stream, 'drain');
	}
}

stream.end();
