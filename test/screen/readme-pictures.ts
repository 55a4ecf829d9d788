/**
Takes the README's pictures of the explorer again, into `docs/`:

    npm run build && npx tsx test/screen/readme-pictures.ts

They show how long an answer takes, so nothing else should run on the machine.
*/
import {execFileSync} from 'node:child_process';
import {copyFileSync, mkdtempSync, rmSync} from 'node:fs';
import {tmpdir} from 'node:os';
import path from 'node:path';
import process from 'node:process';
import {setTimeout as sleep} from 'node:timers/promises';
import {openScreen} from './screen.js';

const project = path.join(import.meta.dirname, '../..');
const program = path.join(project, 'build/cli.js');
const folder = mkdtempSync(path.join(tmpdir(), 'gradcam-tui-pictures-'));

/** A picture of the README: its size in cells, what is opened, and the keys that lead there. */
type Picture = {
	readonly name: string;
	readonly columns: number;
	readonly rows: number;
	readonly argv?: readonly string[];
	readonly keys?: readonly string[];
};

const goTo = (x: number, y: number): readonly string[] => [
	'g',
	...`${x},${y}`,
	'enter',
];

const pictures: readonly Picture[] = [
	{name: 'roof', columns: 110, rows: 34},
	{name: 'wheel', columns: 110, rows: 34, keys: goTo(180, 355)},
	{
		name: 'explorer',
		columns: 160,
		rows: 48,
		keys: [
			'i',
			'enter',
			'c',
			...goTo(180, 355),
			'enter',
			'c',
			...goTo(470, 295),
			'enter',
			...goTo(504, 308),
			'enter',
			...goTo(240, 262),
		],
	},
	{
		name: 'compare',
		columns: 130,
		rows: 42,
		argv: [
			'street.png',
			'street-segmentation.png',
			'street.csv',
			'--model',
			'street',
			'--at',
			'240,262',
		],
		keys: ['enter', 'c', 'f', 'enter', 'c'],
	},
];

// The first question after a start takes longer than all others, so the cursor comes back to its place.
const awayAndBack = ['right', 'left', 'right', 'left', 'esc'];

const take = async (picture: Picture): Promise<void> => {
	const {name, columns, rows, argv = [], keys = []} = picture;
	const screen = openScreen({
		command: ['node', program, ...argv],
		columns,
		rows,
		cwd: folder,
		env: {XDG_STATE_HOME: folder},
	});
	await screen.waitFor(/Grad-CAM \d/v);
	// The network of an explorer that shows a file is not waited for.
	await sleep(3000);
	/* eslint-disable no-await-in-loop -- Keys are pressed one after the other. */
	for (const key of [...keys, ...awayAndBack]) {
		screen.press(key);
		// Shorter than the marks of points take to blink.
		await screen.settle(500);
	}

	/* eslint-enable no-await-in-loop */

	await screen.screenshot(path.join(project, 'docs', `${name}.png`));
	await screen.close();
	process.stdout.write(`docs/${name}.png\n`);
};

copyFileSync(
	path.join(project, 'fixtures/demo/street.png'),
	path.join(folder, 'street.png'),
);
execFileSync(
	'node',
	[
		program,
		'precompute',
		'street.png',
		'--model',
		'street',
		'--method',
		'hirescam',
		'--layer',
		'encoder8/down/relu',
		'--out',
		'street.csv',
	],
	{cwd: folder},
);
for (const picture of pictures) {
	// eslint-disable-next-line no-await-in-loop -- Two at a time would slow each other down.
	await take(picture);
}

rmSync(folder, {recursive: true});
