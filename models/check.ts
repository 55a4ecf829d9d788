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
const gates = {
	'street mean IoU': 0.84,
	'street pixel accuracy': 0.96,
	'sign accuracy': 0.99,
};

/** Of both networks' weights together, bytes. */
const largest = 3_000_000;

const percent = (share: number) => `${(share * 100).toFixed(2)} %`;
const list = (title: string, shares: ReadonlyMap<string, number>) => {
	console.log(title);
	for (const [name, share] of shares) {
		console.log(`  ${name.padEnd(22)}${percent(share)}`);
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

const measured = {
	'street mean IoU': street.meanIou,
	'street pixel accuracy': street.pixelAccuracy,
	'sign accuracy': signs.accuracy,
};
for (const [name, share] of Object.entries(measured)) {
	const gate = gates[name as keyof typeof gates];
	const isReached = share >= gate;
	console.log(
		`${isReached ? 'ok  ' : 'FAIL'} ${name}: ${percent(share)} (gate ${percent(gate)})`,
	);
	if (!isReached) {
		process.exitCode = 1;
	}
}

const sizes = await Promise.all(
	['street', 'signs'].map(async (folder) => {
		const {size} = await stat(new URL(`${folder}/model.onnx`, import.meta.url));
		return size;
	}),
);
const bytes = sizes[0] + sizes[1];
console.log(
	`${bytes <= largest ? 'ok  ' : 'FAIL'} weights: ${bytes} bytes (at most ${largest})`,
);
if (bytes > largest) {
	process.exitCode = 1;
}
