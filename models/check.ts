import {stat} from 'node:fs/promises';
import process from 'node:process';
import {openNetwork} from './network.js';
import {measureSigns} from './signs/measure.js';
import {measureStreet} from './street/measure.js';

/*
Measures the committed weights on scenes and signs that training never saw, and exits with 1 where they fall short:
npm run models:check
*/

const unseen = 1_000_001;
/** Of both networks' weights together, bytes. */
const largest = 3_000_000;

const percent = (share: number) => `${(share * 100).toFixed(2)} %`;
const list = (title: string, shares: ReadonlyMap<string, number>) => {
	console.log(title);
	for (const [name, share] of shares) {
		console.log(`  ${name.padEnd(22)}${percent(share)}`);
	}
};

const report = (isReached: boolean, line: string) => {
	console.log(`${isReached ? 'ok  ' : 'FAIL'} ${line}`);
	if (!isReached) {
		process.exitCode = 1;
	}
};

const street = await measureStreet(await openNetwork('street'), {
	firstSeed: unseen,
	count: 500,
});
list('Street, intersection over union on 500 scenes:', street.ious);

const signs = await measureSigns(await openNetwork('signs'), {
	firstSeed: unseen,
	count: 2000,
});
list('Signs, accuracy on 2,000 pictures:', signs.accuracies);

const gates = [
	{name: 'street mean IoU', share: street.meanIou, gate: 0.84},
	{name: 'street pixel accuracy', share: street.pixelAccuracy, gate: 0.96},
	{name: 'sign accuracy', share: signs.accuracy, gate: 0.99},
];
for (const {name, share, gate} of gates) {
	report(share >= gate, `${name}: ${percent(share)} (gate ${percent(gate)})`);
}

const sizes = await Promise.all(
	['street', 'signs'].map(async (folder) => {
		const {size} = await stat(new URL(`${folder}/model.onnx`, import.meta.url));
		return size;
	}),
);
const bytes = sizes[0] + sizes[1];
report(bytes <= largest, `weights: ${bytes} bytes (at most ${largest})`);
