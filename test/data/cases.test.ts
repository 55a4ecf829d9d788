import {mkdirSync, writeFileSync} from 'node:fs';
import path from 'node:path';
import {expect, test} from 'vitest';
import {findCase} from '../../source/data/cases.js';
import {temporaryFolder} from '../temporary-folder.js';

/** A folder with these files, and where its points file would be. */
const setUp = (...files: string[]) => {
	const folder = temporaryFolder();
	for (const file of files) {
		mkdirSync(path.join(folder, path.dirname(file)), {recursive: true});
		writeFileSync(path.join(folder, file), '');
	}

	return {
		pointsPath: path.join(folder, 'interesting.json'),
		at: (file: string) => path.join(folder, file),
	};
};

test('a case has a folder of its own', async () => {
	const {pointsPath, at} = setUp(
		'cat/cat.jpg',
		'cat/cat.png',
		'cat/cat.csv',
		'cat.jpg',
	);
	expect(await findCase(pointsPath, 'cat')).toEqual({
		image: at('cat/cat.jpg'),
		segmentation: at('cat/cat.png'),
		csv: at('cat/cat.csv'),
	});
});

test('or lies beside the points file', async () => {
	const {pointsPath, at} = setUp('cat.jpeg', 'cat.png');
	expect(await findCase(pointsPath, 'cat')).toEqual({
		image: at('cat.jpeg'),
		segmentation: at('cat.png'),
	});
});

test('a PNG is not its own segmentation', async () => {
	const {pointsPath, at} = setUp('cat/cat.png');
	expect(await findCase(pointsPath, 'cat')).toEqual({
		image: at('cat/cat.png'),
	});
	const both = setUp('cat/cat.png', 'cat/cat-seg.png');
	expect(await findCase(both.pointsPath, 'cat')).toMatchObject({
		image: both.at('cat/cat.png'),
		segmentation: both.at('cat/cat-seg.png'),
	});
});

test('suffixes may be in capitals', async () => {
	const {pointsPath, at} = setUp('cat/CAT.JPG');
	expect(await findCase(pointsPath, 'cat')).toMatchObject({
		image: at('cat/CAT.JPG'),
	});
});

test('what is not there is left out', async () => {
	const {pointsPath} = setUp();
	expect(await findCase(pointsPath, 'cat')).toEqual({});
});

test.each(['../cat', '..', 'a/b', '/etc/passwd'])(
	'the name %s does not lead out of the folder',
	async (name) => {
		const {pointsPath} = setUp('a/b.jpg', 'a/b/b.jpg');
		expect(await findCase(pointsPath, name)).toEqual({});
	},
);
