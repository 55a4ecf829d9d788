import {expect, test} from 'vitest';
import {
	describeUnmatched,
	listClasses,
	matchClasses,
} from '../../../source/compute/precompute/class-map.js';
import {noClass} from '../../../source/compute/precompute/plan.js';
import type {Segmentation} from '../../../source/raster/segmentation.js';

const mask = (names: Readonly<Record<number, string>>): Segmentation => ({
	width: 1,
	height: 1,
	labels: Uint8Array.of(0),
	classes: new Map(
		Object.entries(names).map(([id, name]) => [
			Number(id),
			{id: Number(id), name, color: 0},
		]),
	),
	palette: 'test',
});

test('the classes of a mask are the network’s by name, if one is known', () => {
	const ids = matchClasses(mask({5: 'Road', 7: 'fence'}), 3, [
		'sky',
		'road',
		'car',
	]);
	expect([...ids]).toEqual([[5, 1]]);
});

test('else by number, as far as the network has it', () => {
	const ids = matchClasses(mask({0: 'a', 2: 'b', 255: 'void'}), 3, [
		'x',
		'y',
		'z',
	]);
	expect([...ids]).toEqual([
		[0, 0],
		[2, 2],
	]);
});

test('a colour that no palette knows is of no class, whatever number it was given', () => {
	const classes: Segmentation['classes'] = new Map([
		[0, {id: 0, name: 'unknown (1, 2, 3)', color: 66_051, isUnknown: true}],
		[1, {id: 1, name: 'car', color: 255}],
	]);
	expect([...matchClasses({...mask({}), classes}, 3, undefined)]).toEqual([
		[1, 1],
	]);
});

test('the pixels of a mask that stay empty are counted, and their classes named', () => {
	const named = {
		...mask({0: 'sky', 1: 'car', 2: 'dog'}),
		labels: Uint8Array.of(0, 1, 2, 2),
	};
	expect(describeUnmatched('mask.png', named, new Map([[1, 0]]))).toBe(
		'3 of 4 pixels of "mask.png" are of no class of the network and stay empty: sky, dog',
	);
	const matched = matchClasses(named, 3, undefined);
	expect(describeUnmatched('mask.png', named, matched)).toBeUndefined();
});

test('between the pixels of the stride, and outside what the network sees, there is no class', () => {
	const places = {
		columns: Int32Array.of(0, 0, 1, 1, -1),
		rows: Int32Array.of(0, 0),
	};
	const classes = listClasses(places, 2, 2, (_pixel, output) => output + 3);
	const none = Array.from({length: 5}, () => noClass);
	expect([...classes]).toEqual([3, noClass, 4, noClass, noClass, ...none]);
});
