import {setTimeout as sleep} from 'node:timers/promises';
import {type Bench, type Figures, median, quantile, round} from './bench.js';
import {type Response, runInTerminal, scene} from './pseudo-terminal.js';

const right = '\u001B[C';
const down = '\u001B[B';

/** Presses of each kind; the first ones warm the program up. */
const presses = 120;
const warmUp = 20;

/** Milliseconds after which the next press is none of a held key: then it is drawn in full at once. */
const calm = 200;

const figuresOf = (responses: readonly Response[]): Figures => {
	const times = responses.map(({time}) => time);
	return {
		median: round(median(times)),
		p95: round(quantile(times, 0.95)),
		bytes: median(responses.map(({bytes}) => bytes)),
	};
};

/**
From a key to the last byte of the frame that it causes, at 200 × 60 cells.

`cursor` moves the cursor. `full` changes every cell of the picture, as fast as the program answers: after the first such frame it draws as for a held key, in 256 colours. `single` does the same now and then, so that each frame has 24-bit colours and about six times the bytes.
*/
export const bench: Bench = {
	name: 'keyToScreen',
	async run({log}) {
		const terminal = runInTerminal(200, 60, scene);
		await terminal.firstFrame();

		const pressAll = async (
			keyOf: (press: number) => string,
			pause = 0,
		): Promise<Response[]> => {
			const responses: Response[] = [];
			/* eslint-disable no-await-in-loop -- A person presses one key after the other. */
			for (let press = 0; press < warmUp + presses; press++) {
				await sleep(pause);
				responses.push(await terminal.press(keyOf(press)));
			}

			/* eslint-enable no-await-in-loop */
			return responses.slice(warmUp);
		};

		try {
			log('moving the cursor, at 200 × 60 cells');
			const cursor = await pressAll((press) =>
				press % 2 === 0 ? right : down,
			);
			log('changing every cell of the picture');
			// One step of the segmentation's opacity, to and fro.
			const opacity = (press: number): string => (press % 2 === 0 ? ']' : '[');
			const full = await pressAll(opacity);
			log('changing them now and then');
			const single = await pressAll(opacity, calm);
			return {
				cursor: {
					...figuresOf(cursor),
					bytesP95: quantile(
						cursor.map(({bytes}) => bytes),
						0.95,
					),
				},
				full: figuresOf(full),
				single: figuresOf(single),
			};
		} finally {
			await terminal.close();
		}
	},
};
