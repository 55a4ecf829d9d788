import {execFileSync} from 'node:child_process';
import {mkdtemp, rm} from 'node:fs/promises';
import {tmpdir} from 'node:os';
import path from 'node:path';
import process from 'node:process';
import {packageFile} from '../../source/package-file.js';
import {writeSyntheticCsv} from '../../source/data/augment.js';
import {openPixelCsv} from '../../source/data/pixel-csv/open.js';
import {voc} from './augment.js';
import {type Bench, median, round} from './bench.js';

const runs = 5;
const lookups = 1000;

/** Milliseconds that some work takes. */
const time = async (work: () => Promise<unknown>): Promise<number> => {
	const started = performance.now();
	await work();
	return performance.now() - started;
};

/** Milliseconds of each of several runs, one after the other. */
const times = async (
	count: number,
	work: (run: number) => Promise<unknown>,
): Promise<number[]> => {
	const results: number[] = [];
	for (let run = 0; run < count; run++) {
		// eslint-disable-next-line no-await-in-loop -- Runs side by side would slow each other.
		results.push(await time(async () => work(run)));
	}

	return results;
};

const memoryGrowth = (file: string, cache: string): number => {
	const script = packageFile('build/bench/csv-memory.js');
	const size = [voc.width, voc.height].map(String);
	const args = [script, file, ...size, cache];
	return Number(execFileSync(process.execPath, args));
};

export const bench: Bench = {
	name: 'csv',
	async run({log}) {
		const folder = await mkdtemp(path.join(tmpdir(), 'gradcam-tui-bench-'));
		const file = path.join(folder, 'voc.csv');
		const cache = (name: string | number) => path.join(folder, `cache-${name}`);
		try {
			log('writing a CSV of 500 × 375 pixels with 250 points each');
			const {bytes} = await writeSyntheticCsv({...voc, path: file, seed: 0});

			log('indexing it');
			const openAndIndex = async (run: number) => {
				const csv = await openPixelCsv({...voc, path: file, cache: cache(run)});
				await csv.indexed;
				await csv.close();
			};

			const indexing = await times(runs, openAndIndex);
			const reopening = await times(runs, openAndIndex);

			log(`looking up ${lookups} pixels`);
			const csv = await openPixelCsv({...voc, path: file, cache: cache(0)});
			const looking = await times(lookups, async (run) =>
				csv.lookup((run * 7919) % (voc.width * voc.height)),
			);
			await csv.close();

			return {
				mb: round(bytes / 1e6),
				indexMbPerS: round(bytes / 1e3 / median(indexing), 0),
				reopenMs: round(median(reopening), 2),
				lookupMs: round(median(looking), 3),
				extraRssMb: round(memoryGrowth(file, cache('memory'))),
			};
		} finally {
			await rm(folder, {recursive: true});
		}
	},
};
