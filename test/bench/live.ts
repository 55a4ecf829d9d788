import {type Bench, median, quantile, round} from './bench.js';
import {type Response, runInTerminal} from './pseudo-terminal.js';

/** A walk over the car that the demo begins on: every step is a pixel that was not asked about before. */
const steps = ['l', 'j', 'l', 'j', 'j', 'l'];

/** Presses; the first ones warm the program up. */
const presses = 120;
const warmUp = 20;

const runs = 5;

/** The demo: the embedded network and a street, at 200 × 60 cells. */
const runDemo = () => runInTerminal(200, 60, []);

/** What the status bar's Pixel pane says once there is a heatmap. */
const heatmapSign = 'shown';

export const bench: Bench = {
	name: 'live',
	async run({log}) {
		log('starting the demo with its network, at 200 × 60 cells');
		const frames: number[] = [];
		const heatmaps: number[] = [];
		/* eslint-disable no-await-in-loop -- One after the other: runs side by side would slow each other, and a person presses one key after the other. */
		for (let run = 0; run < runs; run++) {
			const terminal = runDemo();
			heatmaps.push(await terminal.firstText(heatmapSign));
			frames.push(await terminal.firstFrame());
			await terminal.close();
		}

		log('walking over a car');
		const terminal = runDemo();
		await terminal.firstText(heatmapSign);
		const responses: Response[] = [];
		for (let press = 0; press < warmUp + presses; press++) {
			responses.push(await terminal.press(steps[press % steps.length]));
		}

		/* eslint-enable no-await-in-loop */
		await terminal.close();
		const measured = responses.slice(warmUp);
		const p95 = (values: readonly number[]) => round(quantile(values, 0.95));
		return {
			keyMsP95: p95(measured.map(({first}) => first)),
			heatmapMsP95: p95(measured.map(({time}) => time)),
			firstFrameMs: round(median(frames)),
			firstHeatmapMs: round(median(heatmaps)),
		};
	},
};
