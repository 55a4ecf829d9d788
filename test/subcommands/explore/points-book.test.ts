import {readFileSync, writeFileSync} from 'node:fs';
import path from 'node:path';
import process from 'node:process';
import {afterEach, beforeEach, describe, expect, test} from 'vitest';
import {loadPoints} from '../../../source/data/points/points.js';
import {solidImage} from '../../../source/raster/image.js';
import type {OpenedSubject} from '../../../source/subcommands/explore/open-subject.js';
import {createPointsBook} from '../../../source/subcommands/explore/points-book.js';
import {temporaryFolder} from '../../temporary-folder.js';

const stateHome = process.env.XDG_STATE_HOME;
let folder: string;

beforeEach(() => {
	folder = temporaryFolder();
	process.env.XDG_STATE_HOME = folder;
});

afterEach(() => {
	if (stateHome === undefined) {
		delete process.env.XDG_STATE_HOME;
	} else {
		process.env.XDG_STATE_HOME = stateHome;
	}
});

const file = () => path.join(folder, 'interesting.json');

const open = async (name: string): Promise<OpenedSubject> => {
	const image = path.join(folder, `${name}.png`);
	writeFileSync(image, '');
	const points = await loadPoints({imagePath: image, pixelCount: 100});
	return {
		files: {image},
		points,
		subject: {
			id: name,
			name,
			title: name,
			path: image,
			folder,
			image: solidImage(10, 10, 0),
			pointsFile: points.path,
			cases: [],
		},
	};
};

const saved = (): unknown => JSON.parse(readFileSync(file(), 'utf8'));

describe('the points book', () => {
	test('saves the points of several images into their file', async () => {
		writeFileSync(file(), '{"one": [1], "other": [9]}');
		const book = createPointsBook();
		const one = book.enter(await open('one'));
		const two = book.enter(await open('two'));
		const result = await book.save([
			{...one, marked: [1, 5]},
			{...two, marked: [7]},
		]);
		expect(saved()).toEqual({one: [1, 5], two: [7], other: [9]});
		expect(result.files).toEqual([file()]);
		expect(result.saved.map((list) => list.saved)).toEqual([[1, 5], [7]]);
	});

	test('keeps what another session has saved meanwhile', async () => {
		writeFileSync(file(), '{"one": [1, 2]}');
		const book = createPointsBook();
		const one = book.enter(await open('one'));
		writeFileSync(file(), '{"one": [1, 2, 3]}');
		const {saved: lists} = await book.save([{...one, marked: [2, 4]}]);
		expect(new Set(lists[0].saved)).toEqual(new Set([2, 3, 4]));
	});

	test('finds what a cut session has left, once', async () => {
		writeFileSync(file(), '{"one": [1, 2]}');
		const cut = createPointsBook();
		cut.keep([{...cut.enter(await open('one')), marked: [2, 6]}]);

		const next = createPointsBook();
		const opened = await open('one');
		next.enter(opened);
		expect(await next.findLost(opened)).toEqual([2, 6]);
		await next.forgetLost();
		expect(await next.findLost(opened)).toBeUndefined();
	});
});
