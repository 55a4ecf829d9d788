/*
A process of its own for the memory of the CSV reader: prints how many MB the process grew, at its peak, while it opened, indexed and read a file.

	csv-memory.ts CSV WIDTH HEIGHT CACHE
*/
import process from 'node:process';
import {openPixelCsv} from '../../source/data/pixel-csv/open.js';

const [path, width, height, cache] = process.argv.slice(2);
const size = {width: Number(width), height: Number(height)};
const lookups = 1000;

const before = process.memoryUsage.rss();
const csv = await openPixelCsv({path, ...size, cache});
await csv.indexed;
for (let lookup = 0; lookup < lookups; lookup++) {
	// eslint-disable-next-line no-await-in-loop -- One key press after the other.
	await csv.lookup((lookup * 7919) % (size.width * size.height));
}

// The peak since the process began, in kB; it was lower before only if loading the modules took more than all of this.
const peak = process.resourceUsage().maxRSS * 1024;
await csv.close();
console.log(Math.max(0, peak - before) / 1e6);
