import {describe, expect, test} from 'vitest';
import {loadLabels, parseLabels} from '../../source/data/labels.js';

describe('labels', () => {
	test.each([
		['one a line', 'cat\r\ndog\n', 'x.txt'],
		['a JSON list', '["cat", "dog"]', 'x.json'],
		['a JSON object, in any order', '{"1": "dog", "0": "cat"}', 'x.json'],
		[
			"ImageNet's index",
			'{"0": ["n01", "cat"], "1": ["n02", "dog"]}',
			'x.json',
		],
		["the text of Python's dictionary", "{0: 'cat',\n 1: 'dog'}", 'x.txt'],
		['a dictionary with a last comma', '{0: "cat", 1: "dog", }', 'x.txt'],
	])('are read as %s', (_, text, file) => {
		expect(parseLabels(text, file)).toEqual(['cat', 'dog']);
	});

	test('of ImageNet are built in, with the background first for networks that have it', async () => {
		const plain = await loadLabels('imagenet');
		const shifted = await loadLabels('imagenet-1001');
		expect(plain).toHaveLength(1000);
		expect(shifted).toEqual(['background', ...plain]);
	});

	test('keep commas and quotes of a dictionary', () => {
		expect(
			parseLabels(
				String.raw`{0: 'tench, Tinca tinca', 1: "crow's nest", 2: 'a\'b'}`,
				'x',
			),
		).toEqual(['tench, Tinca tinca', "crow's nest", "a'b"]);
	});

	test.each([
		['a call', "{0: __import__('os').system('ls')}", /being a dictionary/v],
		['a gap', '{"0": "cat", "2": "dog"}', /no name for class 1/v],
		['a class twice', "{0: 'cat', 0: 'dog'}", /class 0 twice/v],
		['a word for an id', '{"cat": "0"}', /"cat" where the id/v],
		['a number for a name', '[1, 2]', /no text for class 0/v],
		['nothing', ' \n', /are empty/v],
		['a picture', '\uFFFDPNG\r\n\u001A\n\0\0', /not text in UTF-8/v],
		['half a list', '["cat"', /not JSON/v],
	])('with %s are refused in one line', (_, text, message) => {
		expect(() => parseLabels(text, 'labels')).toThrow(message);
	});

	test('of ImageNet are built in', async () => {
		const labels = await loadLabels('imagenet');
		expect(labels).toHaveLength(1000);
		expect([labels[0], labels[281], labels[355], labels[999]]).toEqual([
			'tench',
			'tabby',
			'llama',
			'toilet tissue',
		]);
	});
});
