import {mkdirSync, mkdtempSync, rmSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import path from 'node:path';
import process from 'node:process';
import {fileURLToPath} from 'node:url';
import {writeScene} from './scene.js';
import {type Screen, type ScreenOptions, openScreen} from './screen.js';

/** The built program. */
export const cli = fileURLToPath(
	new URL('../../build/cli.js', import.meta.url),
);

/** A folder with two cases, `one` and `two/two`, and a home of its own. */
export const makeDesk = async () => {
	const folder = mkdtempSync(path.join(tmpdir(), 'gradcam-tui-screen-'));
	mkdirSync(path.join(folder, 'two'));
	const one = await writeScene(folder, 'one');
	await writeScene(path.join(folder, 'two'), 'two');
	const points = path.join(folder, 'interesting.json');
	writeFileSync(points, JSON.stringify({two: [65], nowhere: [1]}));
	return {
		folder,
		points,
		files: [one.image, one.segmentation, one.csv],
		/** Everything the program keeps stays in the folder. */
		env: {
			HOME: folder,
			XDG_CACHE_HOME: path.join(folder, 'cache'),
			XDG_STATE_HOME: path.join(folder, 'state'),
		},
		remove() {
			rmSync(folder, {recursive: true, force: true});
		},
	};
};

export type Desk = Awaited<ReturnType<typeof makeDesk>>;

/** The command that explores the case `one`. */
export const exploreOne = (desk: Desk, ...flags: string[]): string[] => [
	process.execPath,
	cli,
	...desk.files,
	'--palette',
	'voc',
	...flags,
];

/** Opens the case `one` and waits until its Grad-CAM pixels are there. */
export const openOne = async (
	desk: Desk,
	options: Partial<ScreenOptions> = {},
): Promise<Screen> => {
	const screen = openScreen({
		command: exploreOne(desk),
		columns: 100,
		rows: 40,
		cwd: desk.folder,
		...options,
		env: {...desk.env, ...options.env},
	});
	await screen.waitFor(/Grad-CAM 3 of 4 shown/v);
	return screen;
};

/** What the Pixel pane shows when the cursor is at a pixel. */
export const cursorAt = (x: number, y: number): RegExp =>
	new RegExp(String.raw`x, y +${x}, ${y}\b`, 'v');

/** Goes to a pixel, from the picture. */
export const goTo = async (
	screen: Screen,
	x: number,
	y: number,
): Promise<void> => {
	screen.press('1', 'g');
	await screen.waitFor('Go to x,y');
	screen.type(`${x},${y}`);
	screen.press('enter');
	await screen.waitFor(cursorAt(x, y));
};
