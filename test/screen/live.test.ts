import {existsSync, writeFileSync} from 'node:fs';
import path from 'node:path';
import process from 'node:process';
import {afterAll, beforeAll, describe, expect, test} from 'vitest';
import {type Desk, cli, cursorAt, goTo, makeDesk} from './explorer.js';
import {type Screen, openScreen} from './screen.js';

let desk: Desk;
let screen: Screen;

const open = (...args: string[]): Screen =>
	openScreen({
		command: [process.execPath, cli, ...args],
		columns: 120,
		rows: 40,
		cwd: desk.folder,
		env: desk.env,
	});

beforeAll(async () => {
	desk = await makeDesk();
});

afterAll(() => {
	desk.remove();
});

/** The line of the Pixel pane that says where the Grad-CAM pixels are, once there are some. */
const box = (): string =>
	/box +(\d+×\d+ at \d+,\d+)/v.exec(screen.text())?.[1] ?? '';

/** Waits until the Grad-CAM pixels are others than before. */
const changes = async (act: () => Promise<void> | void): Promise<void> => {
	const before = box();
	await act();
	await screen.waitFor(() => box() !== '' && box() !== before);
};

describe('the demo', () => {
	beforeAll(async () => {
		screen = open();
		await screen.waitFor(/shown/v);
	});

	afterAll(async () => {
		await screen.close();
	});

	test('asks the embedded network about the roof of a car', async () => {
		await screen.waitFor(/why +██ car/v);
		await screen.waitFor(/▸ car .*\d+\.\d%/v);
		await screen.waitFor(/ms · street/v);
		await screen.waitFor(/6 Classes ─+ \d\.\d% ≠ file/v);
	});

	test('the heatmap follows the cursor', async () => {
		await changes(async () => goTo(screen, 182, 338));
		await changes(async () => goTo(screen, 60, 200));
		await changes(async () => goTo(screen, 240, 262));
	});

	test('the next class, another layer and another method change it', async () => {
		await changes(() => {
			screen.press('t');
		});
		await screen.waitFor(/why +██ building/v);
		screen.press('T');
		await screen.waitFor(/why +██ car/v);
		await changes(() => {
			screen.press('7', 'down', 'down');
		});
		await screen.waitFor(/▸ encoder8\/keep\/relu/v);
		screen.press('up', 'up');
		await changes(() => {
			screen.press('1', 'W');
		});
		screen.press('w');
	});

	test('Classes asks why one class and not another', async () => {
		screen.press('6', 'down', 'v');
		await screen.waitFor(/why +██ car, not building/v);
		screen.press('v');
		await screen.waitFor(/why +██ car\s*│/v);
		screen.press('1');
	});

	test('a and r ask about an area and a rectangle', async () => {
		screen.press('a');
		await screen.waitFor(/car · area \d+/v);
		screen.press('a');
		screen.press('r', 'L', 'J', 'r');
		await screen.waitFor(/car · rectangle \d+/v);
		screen.press('r');
		await screen.waitFor(/why +██ car\s*│/v);
	});

	test('d stripes what network and file disagree on', async () => {
		const color = () => screen.cell(10, 20).background;
		const before = await screen.fineBackground(10, 20);
		screen.press('d');
		await screen.waitFor(/disagree on \d\.\d %/v);
		await screen.waitFor(() => color() !== before);
		screen.press('d');
		await screen.waitFor(() => color() === before);
	});

	test('a patch of a live heatmap stays when the cursor goes on', async () => {
		await goTo(screen, 240, 262);
		screen.press('enter');
		await screen.waitFor('╭ 240,262');
		await goTo(screen, 60, 200);
		screen.press('2', 'down');
		await screen.waitFor(cursorAt(240, 262));
		screen.press('e');
		await screen.waitFor(/Written: .*patch-240-262\.png/v);
		expect(existsSync(path.join(desk.folder, 'street-patch-240-262.png'))).toBe(
			true,
		);
		screen.press('x', '1');
	});

	test('quitting in the middle of computing leaves no process', async () => {
		screen.press('.', '.', '.', '.', 'ctrl+c');
		expect(await screen.exited).toEqual({exitCode: 0, signal: 0});
		expect(screen.isAlternate).toBe(false);
	});
});

describe('other images', () => {
	test('f switches between a CSV file and the network', async () => {
		screen = open(...desk.files, '--palette', 'voc', '--model', 'street');
		await screen.waitFor(/Grad-CAM 3 of 4 shown/v);
		await screen.waitFor(/▸? *\w+ .*\d\.\d%/v);
		screen.press('f');
		await screen.waitFor(/why +██/v);
		await screen.waitFor('Grad-CAM pixels of the network, live.');
		screen.press('f');
		await screen.waitFor(/Grad-CAM 3 of 4 shown/v);
		await screen.close();
	});

	test('without a segmentation the network lays over its own', async () => {
		screen = open(desk.files[0], '--model', 'models/street');
		await screen.waitFor(/shown|nothing speaks/v);
		await screen.waitFor(/60×40 · street/v);
		await screen.close();
	});

	test('a model that cannot be used is a line, and the image can be explored', async () => {
		const broken = path.join(desk.folder, 'broken.onnx');
		writeFileSync(broken, 'no model');
		screen = open(desk.files[0], '--model', broken);
		await screen.waitFor(/broken\.onnx/v);
		await goTo(screen, 3, 4);
		screen.press('ctrl+c');
		expect(await screen.exited).toEqual({exitCode: 0, signal: 0});
	});
});
