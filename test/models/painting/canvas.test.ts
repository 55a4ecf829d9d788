import {describe, expect, it} from 'vitest';
import {Canvas} from '../../../models/painting/canvas.js';
import {rectangle} from '../../../models/painting/outline.js';
import {plain} from '../../../models/painting/paints.js';

const brush = {
	paint: plain([1, 0.5, 0]),
	label: 3,
	haze: 0,
	frame: {x: 0, y: 0, scale: 1},
};

describe('Canvas', () => {
	it('fills exactly the pixels of a rectangle', () => {
		const canvas = new Canvas({width: 4, height: 4}, [0, 0, 0]);
		canvas.fill(rectangle([0.25, 0.5], [0.5, 0.25]), brush);
		expect([...canvas.majorityLabels()]).toEqual([
			0, 0, 0, 0, 0, 0, 0, 0, 0, 3, 3, 0, 0, 0, 0, 0,
		]);
	});

	it('mixes the colours of a pixel that is half covered', () => {
		const canvas = new Canvas({width: 2, height: 2}, [0, 0, 0]);
		canvas.fill(rectangle([0, 0], [0.25, 0.5]), brush);
		expect([...canvas.averageColors().subarray(0, 3)]).toEqual([0.5, 0.25, 0]);
	});

	it('fades to the air and keeps the class', () => {
		const canvas = new Canvas({width: 1, height: 1}, [0, 0, 1]);
		canvas.fill(rectangle([0, 0], [1, 1]), {...brush, haze: 0.5});
		expect([...canvas.averageColors()]).toEqual([0.5, 0.25, 0.5]);
		expect([...canvas.majorityLabels()]).toEqual([3]);
	});

	it('leaves a hole where a polygon covers itself twice', () => {
		const canvas = new Canvas({width: 3, height: 3}, [0, 0, 0]);
		const outer = [0, 0, 1, 0, 1, 1, 0, 1, 0, 0];
		const inner = [
			1 / 3,
			1 / 3,
			2 / 3,
			1 / 3,
			2 / 3,
			2 / 3,
			1 / 3,
			2 / 3,
			1 / 3,
			1 / 3,
		];
		canvas.fill([...outer, ...inner], brush);
		expect([...canvas.majorityLabels()]).toEqual([3, 3, 3, 3, 0, 3, 3, 3, 3]);
	});

	it('counts overlapping shadows once', () => {
		const canvas = new Canvas({width: 1, height: 1}, [0, 0, 0]);
		const whole = rectangle([0, 0], [1, 1]);
		canvas.fill(whole, {...brush, paint: plain([1, 1, 1])});
		canvas.castShadow(whole, 0.25);
		canvas.castShadow(whole, 0.5);
		canvas.applyShadows();
		expect(canvas.averageColors()[0]).toBe(0.5);
	});

	it('survives polygons outside the picture', () => {
		const canvas = new Canvas({width: 2, height: 2}, [0, 0, 0]);
		canvas.fill(rectangle([-5, -5], [2, 2]), brush);
		canvas.fill(rectangle([5, 5], [2, 2]), brush);
		canvas.fill([], brush);
		expect([...canvas.majorityLabels()]).toEqual([0, 0, 0, 0]);
	});
});
