import {type Bench, median, round} from './bench.js';
import {runInTerminal, scene} from './pseudo-terminal.js';

const runs = 9;

export const bench: Bench = {
	name: 'firstFrame',
	async run({log}) {
		log('starting the program, at 200 × 60 cells');
		const times: number[] = [];
		for (let run = 0; run < runs; run++) {
			const terminal = runInTerminal(200, 60, scene);
			// eslint-disable-next-line no-await-in-loop -- Runs side by side would slow each other.
			times.push(await terminal.firstFrame());
			// eslint-disable-next-line no-await-in-loop
			await terminal.close();
		}

		return {median: round(median(times))};
	},
};
