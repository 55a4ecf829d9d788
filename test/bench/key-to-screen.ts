import {type Bench, type Figures, median, quantile, round} from './bench.js';
import {type Response, runInTerminal, scene} from './pseudo-terminal.js';

const right = '\u001B[C';
const down = '\u001B[B';

/** Presses of each kind; the first ones warm the program up. */
const presses = 120;
const warmUp = 20;

const times = (responses: readonly Response[]): Figures => {
	const values = responses.map(({time}) => time);
	return {median: round(median(values)), p95: round(quantile(values, 0.95))};
};

export const bench: Bench = {
	name: 'keyToScreen',
	async run({log}) {
		const terminal = runInTerminal(200, 60, scene);
		await terminal.firstFrame();

		const pressAll = async (
			keyOf: (press: number) => string,
		): Promise<Response[]> => {
			const responses: Response[] = [];
			for (let press = 0; press < warmUp + presses; press++) {
				// eslint-disable-next-line no-await-in-loop -- A person presses one key after the other.
				responses.push(await terminal.press(keyOf(press)));
			}

			return responses.slice(warmUp);
		};

		try {
			log('moving the cursor, at 200 × 60 cells');
			const cursor = await pressAll((press) =>
				press % 2 === 0 ? right : down,
			);
			log('changing every cell of the picture');
			// One step of the segmentation's opacity, to and fro.
			const full = await pressAll((press) => (press % 2 === 0 ? ']' : '['));
			return {
				cursor: {
					...times(cursor),
					bytes: median(cursor.map(({bytes}) => bytes)),
					bytesP95: quantile(
						cursor.map(({bytes}) => bytes),
						0.95,
					),
				},
				full: {
					...times(full),
					bytes: median(full.map(({bytes}) => bytes)),
				},
			};
		} finally {
			await terminal.close();
		}
	},
};
