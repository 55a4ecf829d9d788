import {once} from 'node:events';
import {createWriteStream} from 'node:fs';
import process from 'node:process';
import {generateSign} from './scene.js';

/*
Writes signs for train.py: of each the image `[48, 48, 3]`, then its label, a byte a value, nothing between.
tsx models/signs/write-signs.ts FILE FIRST_SEED COUNT
*/

const [file, first, count] = process.argv.slice(2);
if (!file || !count) {
	throw new Error(
		'Usage: tsx models/signs/write-signs.ts FILE FIRST_SEED COUNT',
	);
}

const stream = createWriteStream(file);
for (let seed = Number(first); seed < Number(first) + Number(count); seed++) {
	const {image, label} = generateSign({seed});
	stream.write(image.data);
	if (!stream.write(Uint8Array.of(label))) {
		// eslint-disable-next-line no-await-in-loop -- one sign after the other is the point: they don't all fit in memory.
		await once(stream, 'drain');
	}
}

stream.end();
