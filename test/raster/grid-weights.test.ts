import fc from 'fast-check';
import {expect, test} from 'vitest';
import {gridWeights} from '../../source/raster/grid-weights.js';

const all = {lower: 0, upper: 1, interpolate: false};

const heatmap = (
	width: number,
	height: number,
	entries: Record<number, number>,
) => ({
	width,
	height,
	indices: Uint32Array.from(Object.keys(entries), Number),
	weights: Float32Array.from(Object.values(entries)),
});

const shown = (weights: Float32Array) =>
	[...weights].filter((weight) => !Number.isNaN(weight));

test('a single Grad-CAM pixel never vanishes, however far the image shrinks', () => {
	fc.assert(
		fc.property(fc.nat(499), fc.nat(374), (x, y) => {
			const image = {width: 500, height: 375};
			const weights = gridWeights(
				heatmap(500, 375, {[y * 500 + x]: 0.75}),
				{view: {x: 0, y: 0, ...image}, image, canvas: {width: 33, height: 21}},
				all,
			);
			expect(shown(weights)).toEqual([0.75]);
		}),
	);
});

test('where pixels meet the greatest weight shows, in whatever order they are listed', () => {
	const image = {width: 4, height: 1};
	const placement = {
		view: {x: 0, y: 0, ...image},
		image,
		canvas: {width: 1, height: 1},
	};
	for (const order of [
		[0.25, 1, 0.5],
		[1, 0.5, 0.25],
	]) {
		expect([...gridWeights(heatmap(4, 1, {...order}), placement, all)]).toEqual(
			[1],
		);
	}
});

test('both ends of the range are inside it', () => {
	const image = {width: 4, height: 1};
	const weights = gridWeights(
		heatmap(4, 1, {0: 0.25, 1: 0.5, 2: 0.75, 3: 1}),
		{view: {x: 0, y: 0, ...image}, image, canvas: image},
		{lower: 0.5, upper: 0.75, interpolate: false},
	);
	expect([...weights]).toEqual([Number.NaN, 0.5, 0.75, Number.NaN]);
});

test('a weight that has no exact 32-bit form is still inside its own range', () => {
	const image = {width: 2, height: 1};
	const weights = gridWeights(
		heatmap(2, 1, {0: 0.6, 1: 0.8}),
		{view: {x: 0, y: 0, ...image}, image, canvas: image},
		{lower: 0.6, upper: 0.8, interpolate: false},
	);
	expect(shown(weights)).toHaveLength(2);
});

test('enlarged cell by cell, a cell fills exactly its share of the canvas', () => {
	const image = {width: 2, height: 1};
	const weights = gridWeights(
		heatmap(2, 1, {1: 1}),
		{view: {x: 0, y: 0, ...image}, image, canvas: {width: 6, height: 1}},
		all,
	);
	expect([...weights]).toEqual([Number.NaN, Number.NaN, Number.NaN, 1, 1, 1]);
});

test("a layer's coarse grid is stretched over the whole image and enlarged bilinearly", () => {
	const image = {width: 64, height: 32};
	const weights = gridWeights(
		heatmap(2, 1, {0: 0, 1: 1}),
		{view: {x: 0, y: 0, ...image}, image, canvas: {width: 8, height: 4}},
		{...all, interpolate: true},
	);
	expect(weights.slice(0, 8)).toEqual(
		Float32Array.of(0, 0, 0.125, 0.375, 0.625, 0.875, 1, 1),
	);
	expect(weights.slice(24)).toEqual(weights.slice(0, 8));
});

test('nothing shows past the border of the image', () => {
	const image = {width: 2, height: 2};
	for (const interpolate of [true, false]) {
		const weights = gridWeights(
			heatmap(2, 2, {0: 1, 1: 1, 2: 1, 3: 1}),
			{
				view: {x: -1, y: 0, width: 4, height: 2},
				image,
				canvas: {width: 8, height: 4},
			},
			{...all, interpolate},
		);
		expect(Array.from(weights.slice(0, 8), (weight) => weight === 1)).toEqual([
			false,
			false,
			true,
			true,
			true,
			true,
			false,
			false,
		]);
	}
});

test('a weight that is not a number shows nothing', () => {
	const image = {width: 2, height: 1};
	const weights = gridWeights(
		heatmap(2, 1, {0: Number.NaN, 1: 0.5}),
		{view: {x: 0, y: 0, ...image}, image, canvas: image},
		all,
	);
	expect([...weights]).toEqual([Number.NaN, 0.5]);
});
