import {describe, expect, test} from 'vitest';
import type {FileEntry} from '../../../source/explorer/dialog.js';
import {folderListed, openMissing} from '../../../source/explorer/events.js';
import type {State} from '../../../source/explorer/state.js';
import {pasteText} from '../../../source/explorer/keymap/index.js';
import {viewPicker} from '../../../source/explorer/views/picker.js';
import {makeState, press} from '../scene.js';

const entry = (name: string, isFolder = false): FileEntry => ({
	name,
	label: name,
	isFolder,
});

const entries = [
	entry('..', true),
	entry('more', true),
	entry('a.png'),
	entry('b.png'),
	entry('street.png'),
];

/** The state once the folder that is asked for has been read. */
const read = (state: State, listed = entries): State => {
	const picker = state.dialog;
	if (picker?.kind !== 'picker') {
		return state;
	}

	return folderListed(state, {
		folder: picker.folder,
		path: picker.folder,
		kind: picker.steps[0],
		entries: listed,
	});
};

const labels = (state: State) =>
	state.dialog?.kind === 'picker'
		? viewPicker(state.dialog, 20).window.items.map(({label}) => label)
		: [];

const opened = press(makeState(), 'o');

describe('the file lists', () => {
	test('begin in the folder of the image', () => {
		expect(opened.outbox).toEqual([
			{type: 'listFolder', folder: '/photos', kind: 'image'},
		]);
	});

	test('ask for image, segmentation and CSV, one after the other', () => {
		const image = press(read(opened), 'up', 'up', 'return');
		expect(image.outbox.at(-1)).toEqual({
			type: 'listFolder',
			folder: '/photos',
			kind: 'segmentation',
		});
		const segmentation = press(read(image), 'down', 'return');
		const csv = press(read(segmentation, [entry('a.csv')]), 'return');
		expect(csv.dialog).toBeUndefined();
		expect(csv.outbox.at(-1)).toEqual({
			type: 'open',
			files: {
				image: '/photos/a.png',
				segmentation: '/photos/b.png',
				csv: '/photos/a.csv',
			},
		});
	});

	test('skip a file by Esc, and open nothing when all are skipped', () => {
		const image = press(read(opened), 'up', 'up', 'return');
		expect(press(image, 'escape', 'escape').outbox.at(-1)).toEqual({
			type: 'open',
			files: {image: '/photos/a.png'},
		});
		const none = press(opened, 'escape', 'escape', 'escape');
		expect(none.dialog).toBeUndefined();
		expect(none.outbox.some(({type}) => type === 'open')).toBe(false);
	});

	test('select the open image, then the files that are named like the chosen one', () => {
		const image = read(opened);
		expect(image.dialog).toMatchObject({selected: 4});
		const segmentation = read(press(image, 'up', 'up', 'return'));
		expect(segmentation.dialog).toMatchObject({selected: 2});
		const csv = read(press(opened, 'escape', 'escape'));
		expect(csv.dialog).toMatchObject({selected: 4});
		const elsewhere = read(opened, entries.slice(0, 3));
		expect(elsewhere.dialog).toMatchObject({selected: 1});
	});

	test('show only names that hold what is typed', () => {
		const filtered = press(read(opened), 'S', 't');
		expect(labels(filtered)).toEqual(['..', 'street.png']);
		expect(press(filtered, 'return').outbox.at(-1)).toMatchObject({
			kind: 'segmentation',
		});
		expect(labels(press(filtered, 'backspace', 'backspace'))).toHaveLength(5);
	});

	test('take a path that is typed or pasted, however slowly folders are read', () => {
		const inside = press(read(opened), 'm', 'o', 'r', 'e', '/');
		expect(inside.outbox.at(-1)).toMatchObject({folder: '/photos/more'});
		const unknown = press(read(opened), 'm', 'o', '/');
		expect(unknown.dialog).toMatchObject({filter: 'mo/', folder: '/photos'});
		const pasted = read(pasteText(opened, ' /data/set/b.png\n'));
		expect(pasted.dialog).toMatchObject({folder: '/data/set', filter: 'b.png'});
		const flooded = pasteText(read(opened), 'x'.repeat(100_000));
		expect(flooded.dialog).toMatchObject({filter: 'x'.repeat(255)});
		expect(press(pasted, 'return').dialog).toMatchObject({
			chosen: {image: '/data/set/b.png'},
		});
	});

	test('enter folders, and leave them by backspace', () => {
		const inside = press(read(opened), 'up', 'up', 'up', 'return');
		expect(inside.outbox.at(-1)).toMatchObject({folder: '/photos/more'});
		expect(press(read(opened), 'backspace').outbox.at(-1)).toMatchObject({
			folder: '/photos/..',
		});
	});

	test('ignore a folder that was read for an earlier list', () => {
		const late = folderListed(press(opened, 'escape'), {
			folder: '/photos',
			path: '/photos',
			kind: 'image',
			entries,
		});
		expect(late.dialog).toMatchObject({entries: undefined});
	});

	test('ask only for what is missing of a case', () => {
		const state = openMissing(makeState(), {
			steps: ['csv'],
			chosen: {image: '/photos/field.jpg'},
			folder: '/photos',
			caseName: 'field',
		});
		expect(state.dialog).toMatchObject({kind: 'picker', caseName: 'field'});
		expect(press(state, 'escape').outbox.at(-1)).toEqual({
			type: 'open',
			files: {image: '/photos/field.jpg'},
		});
		const whole = openMissing(makeState(), {
			steps: [],
			chosen: {image: '/photos/field.jpg'},
			folder: '/photos',
			caseName: 'field',
		});
		expect(whole.outbox).toEqual([
			{type: 'open', files: {image: '/photos/field.jpg'}},
		]);
	});
});
