import {
	chmodSync,
	existsSync,
	mkdirSync,
	readdirSync,
	readFileSync,
	rmSync,
	utimesSync,
	writeFileSync,
} from 'node:fs';
import path from 'node:path';
import process from 'node:process';
import fc from 'fast-check';
import {describe, expect, test} from 'vitest';
import {mergePoints} from '../../../source/data/points/merge.js';
import {loadPoints, savePoints} from '../../../source/data/points/points.js';
import {UsageError} from '../../../source/errors.js';
import {temporaryFolder} from '../../temporary-folder.js';

const points = fc.uniqueArray(fc.nat(30));

describe('merging what two sessions did', () => {
	test('additions and removals of both are kept', () => {
		expect(mergePoints([1, 2, 3], [2, 3, 4], [1, 2, 5])).toEqual([2, 5, 4]);
	});

	test('a point is there if and only if somebody added it, or all three have it', () => {
		fc.assert(
			fc.property(points, points, points, (base, ours, theirs) => {
				const merged = new Set(mergePoints(base, ours, theirs));
				for (let point = 0; point <= 30; point++) {
					const had = base.includes(point);
					const [we, they] = [ours.includes(point), theirs.includes(point)];
					expect(merged.has(point)).toBe(had ? we && they : we || they);
				}
			}),
		);
	});

	test('it does not matter who saves first', () => {
		fc.assert(
			fc.property(points, points, points, (base, ours, theirs) => {
				expect(new Set(mergePoints(base, ours, theirs))).toEqual(
					new Set(mergePoints(base, theirs, ours)),
				);
			}),
		);
	});

	test('nothing done changes nothing', () => {
		fc.assert(
			fc.property(points, points, (base, theirs) => {
				expect(mergePoints(base, base, theirs)).toEqual(theirs);
				expect(mergePoints(base, theirs, theirs)).toEqual(theirs);
			}),
		);
	});
});

/** A folder with an image's name in it and, if wanted, an interesting.json. */
const setUp = (content?: string) => {
	const folder = temporaryFolder();
	const file = path.join(folder, 'interesting.json');
	if (content !== undefined) {
		writeFileSync(file, content);
	}

	return {
		folder,
		file,
		options: {imagePath: path.join(folder, 'cat.jpg'), pixelCount: 100},
		read: () => readFileSync(file, 'utf8'),
	};
};

describe('finding the file', () => {
	test('looks beside the image', async () => {
		const {options, file} = setUp('{"cat": [5, 7], "dog": [1], "note": "x"}');
		expect(await loadPoints(options)).toEqual({
			path: file,
			image: 'cat',
			pixelCount: 100,
			points: [5, 7],
			otherImages: ['dog'],
		});
	});

	test('one folder up, where there is none beside it', async () => {
		const {folder, file} = setUp('{"cat": [5]}');
		mkdirSync(path.join(folder, 'cat'));
		const imagePath = path.join(folder, 'cat', 'cat.jpg');
		expect(await loadPoints({imagePath, pixelCount: 100})).toMatchObject({
			path: file,
			points: [5],
		});
		writeFileSync(path.join(folder, 'cat', 'interesting.json'), '{"cat": [6]}');
		expect(await loadPoints({imagePath, pixelCount: 100})).toMatchObject({
			points: [6],
		});
	});

	test('where --points says, which need not exist yet', async () => {
		const {options, folder} = setUp('{"cat": [5]}');
		const pointsFlag = path.join(folder, 'mine.json');
		const loaded = await loadPoints({...options, pointsFlag});
		expect(loaded).toMatchObject({path: pointsFlag, points: []});
		await savePoints(loaded, [9]);
		expect(readFileSync(pointsFlag, 'utf8')).toBe('{"cat": [9]}\n');
	});

	test('nowhere yet: it will be beside the image', async () => {
		const {options, file} = setUp();
		expect(await loadPoints(options)).toMatchObject({
			path: file,
			points: [],
			otherImages: [],
		});
		expect(existsSync(file)).toBe(false);
	});
});

describe('saving', () => {
	test('what was saved is loaded again', async () => {
		await fc.assert(
			fc.asyncProperty(points, async (list) => {
				const {options} = setUp();
				const saved = await savePoints(await loadPoints(options), list);
				expect(saved.points).toEqual(list);
				expect(await loadPoints(options)).toEqual(saved);
			}),
			{numRuns: 20},
		);
	});

	test('only our list changes in the text', async () => {
		const before =
			'{\n    "zebra": [3,   4],\n    "1": [9],\n    "cat": [\n        5\n    ],\n    "settings": {"big": 12345678901234567890}\n}\n';
		const {options, read} = setUp(before);
		await savePoints(await loadPoints(options), [5, 8]);
		expect(read()).toBe(before.replace(/\[\s+5\s+\]/v, '[5, 8]'));
	});

	test('a new image stands in line with the others', async () => {
		const list = setUp('{\n  "dog": [1],\n  "ant": [2]\n}\n');
		await savePoints(await loadPoints(list.options), [5]);
		expect(list.read()).toBe(
			'{\n  "dog": [1],\n  "ant": [2],\n  "cat": [5]\n}\n',
		);
		const line = setUp('{"dog": [1]}');
		await savePoints(await loadPoints(line.options), [5]);
		expect(line.read()).toBe('{"dog": [1], "cat": [5]}');
	});

	test('an image may have any name', async () => {
		for (const name of ['__proto__', '7', 'a "quoted" $& name', 'ünï']) {
			const {folder, options} = setUp('{"dog": [1]}');
			const imagePath = path.join(folder, `${name}.jpg`);
			// eslint-disable-next-line no-await-in-loop -- each name has its own folder; the order is that of the failures
			await savePoints(await loadPoints({...options, imagePath}), [5]);
			// eslint-disable-next-line no-await-in-loop
			expect(await loadPoints({...options, imagePath})).toMatchObject({
				points: [5],
				otherImages: ['dog'],
			});
		}
	});

	test('what another session saved meanwhile is merged', async () => {
		const {options, read} = setUp('{"cat": [1, 2, 3]}');
		const [ours, theirs] = [
			await loadPoints(options),
			await loadPoints(options),
		];
		await savePoints(theirs, [2, 3, 50]);
		const saved = await savePoints(ours, [1, 2, 60]);
		expect(saved.points).toEqual([2, 50, 60]);
		expect(read()).toBe('{"cat": [2, 50, 60]}');
		// The next save starts from what the file has now.
		expect(await savePoints(saved, [2, 50])).toMatchObject({points: [2, 50]});
	});

	test('sessions that save at the same moment lose nothing', async () => {
		const {folder, options} = setUp('{}');
		const all = await Promise.all(
			Array.from({length: 12}, async (_, i) => {
				const imagePath = path.join(folder, `image-${i % 3}.jpg`);
				return savePoints(await loadPoints({...options, imagePath}), [i]);
			}),
		);
		expect(all).toHaveLength(12);
		for (const i of [0, 1, 2]) {
			// eslint-disable-next-line no-await-in-loop -- three reads
			const {points: found} = await loadPoints({
				...options,
				imagePath: path.join(folder, `image-${i}.jpg`),
			});
			expect(found.toSorted((a, b) => a - b)).toEqual([i, i + 3, i + 6, i + 9]);
		}

		expect(readdirSync(folder)).toEqual(['interesting.json']);
	});

	test('a lock that a killed session left is taken over', async () => {
		const {options, file, read} = setUp('{}');
		writeFileSync(`${file}.lock`, '');
		const longAgo = Date.now() / 1000 - 60;
		utimesSync(`${file}.lock`, longAgo, longAgo);
		await savePoints(await loadPoints(options), [4]);
		expect(read()).toBe('{"cat": [4]}');
		expect(existsSync(`${file}.lock`)).toBe(false);
	});

	test('a file that is gone since is written anew with all our points', async () => {
		const {options, file, read} = setUp('{"cat": [1, 2]}');
		const loaded = await loadPoints(options);
		rmSync(file);
		await savePoints(loaded, [1, 2, 3]);
		expect(read()).toBe('{"cat": [1, 2, 3]}\n');
	});
});

describe('what cannot be used is told and kept', () => {
	test('entries that are no pixels of the image', async () => {
		const {options, read} = setUp('{"cat": [5, 100, "x", -1, 2.5, 7]}');
		const loaded = await loadPoints(options);
		expect(loaded.points).toEqual([5, 7]);
		expect(loaded.problem).toMatch(
			/lists 100 and 3 more for "cat", which has no such pixel; use 0 to 99/v,
		);
		await savePoints(loaded, [7, 8]);
		expect(read()).toBe('{"cat": [100, "x", -1, 2.5, 7, 8]}');
	});

	test.each([
		['no JSON', '{"cat": [5', /is not a JSON object/v],
		['a list', '[1, 2]', /is not a JSON object/v],
		['an empty file', '', /is not a JSON object/v],
		['a web page', '<html>', /is not a JSON object/v],
		[
			'something else for our image',
			'{"cat": {"x": 1}}',
			/has something other than a list for "cat"/v,
		],
	])('%s is never written over', async (_, content, says) => {
		const {options, folder, read} = setUp(content);
		const second = path.join(folder, 'interesting-2.json');
		const loaded = await loadPoints(options);
		expect(loaded.path).toBe(second);
		expect(loaded.problem).toMatch(says);
		expect(loaded.problem).toMatch(
			/it stays as it is, and points are kept in "interesting-2\.json"/v,
		);
		await savePoints(loaded, [5]);
		expect(read()).toBe(content);
		expect(readFileSync(second, 'utf8')).toBe('{"cat": [5]}\n');
		// The next session finds them.
		expect(await loadPoints(options)).toMatchObject({
			path: second,
			points: [5],
		});
	});

	test('a file that breaks between loading and saving', async () => {
		const {options, file, read, folder} = setUp('{"cat": [5]}');
		const loaded = await loadPoints(options);
		writeFileSync(file, '{"cat": [5,');
		const saved = await savePoints(loaded, [5, 6]);
		expect(read()).toBe('{"cat": [5,');
		expect(saved).toMatchObject({
			path: path.join(folder, 'interesting-2.json'),
			points: [5, 6],
		});
	});

	test('a folder of that name is left alone', async () => {
		const {options, file, folder} = setUp();
		mkdirSync(file);
		expect(await loadPoints(options)).toMatchObject({
			path: path.join(folder, 'interesting-2.json'),
		});
	});

	test('a folder that is missing, on saving', async () => {
		const {options, folder} = setUp();
		const loaded = await loadPoints({
			...options,
			pointsFlag: path.join(folder, 'no', 'p.json'),
		});
		const promise = savePoints(loaded, [1]);
		await expect(promise).rejects.toBeInstanceOf(UsageError);
		await expect(promise).rejects.toThrow(
			/The points file ".+p\.json" cannot be written: the folder does not exist; create it first/v,
		);
	});

	// Root may write everywhere.
	test.skipIf(process.getuid?.() === 0)(
		'a read-only folder, on saving',
		async () => {
			const {options, folder, read} = setUp('{"cat": [5]}');
			const loaded = await loadPoints(options);
			chmodSync(folder, 0o500);
			await expect(savePoints(loaded, [1])).rejects.toThrow(
				/the folder may not be written to; write to another one/v,
			);
			expect(read()).toBe('{"cat": [5]}');
			chmodSync(folder, 0o700);
		},
	);
});
