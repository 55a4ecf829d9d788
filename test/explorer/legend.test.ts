import {describe, expect, test} from 'vitest';
import {pointMouse} from '../../source/explorer/keymap/index.js';
import {weighEvidence} from '../../source/explorer/heatmaps/evidence.js';
import {heatmapAt, makeState, press, subject} from './scene.js';

const state = press(makeState(), '4');

describe('the thumbs', () => {
	test('stand at 0.5 and 1 at first', () => {
		expect(state.thumbs).toEqual({lower: 0.5, upper: 1});
	});

	test('move by hundredths, and by tenths with shift', () => {
		expect(press(state, 'left').thumbs.lower).toBe(0.49);
		expect(press(state, 'shift+right').thumbs.lower).toBe(0.6);
		expect(press(state, 'H', 'h').thumbs.lower).toBe(0.39);
	});

	test('are chosen by up and down: lower, upper, range', () => {
		expect(press(state, 'down', 'shift+left').thumbs).toEqual({
			lower: 0.5,
			upper: 0.9,
		});
		expect(press(state, 'up', 'shift+left').thumbs).toEqual({
			lower: 0.4,
			upper: 0.9,
		});
	});

	test('never cross, and the range keeps its width at the ends', () => {
		const crossed = press(state, ...'LLLLLLLLL');
		expect(crossed.thumbs).toEqual({lower: 1, upper: 1});
		const moved = press(state, 'up', ...'HHHHHHHHH');
		expect(moved.thumbs).toEqual({lower: 0, upper: 0.5});
	});

	test('are taken by the mouse: the nearer one, or the range between', () => {
		const grab = (weight: number) =>
			pointMouse(makeState(), 'click', {kind: 'legend', weight});
		expect(grab(0.3).activeThumb).toBe('lower');
		expect(grab(0.52).activeThumb).toBe('lower');
		expect(grab(0.99).activeThumb).toBe('upper');
		expect(grab(0.75).activeThumb).toBe('range');
		expect(grab(0.75).focus).toBe('legend');
	});

	test('follow the mouse', () => {
		const drag = (from: number, to: number) =>
			pointMouse(
				pointMouse(makeState(), 'click', {kind: 'legend', weight: from}),
				'drag',
				{kind: 'legend', weight: to},
			).thumbs;
		expect(drag(0.5, 0.2)).toEqual({lower: 0.2, upper: 1});
		expect(drag(1, 0.7)).toEqual({lower: 0.5, upper: 0.7});
		expect(drag(0.75, 0.5)).toEqual({lower: 0.25, upper: 0.75});
	});

	test('filter the Grad-CAM pixels that are shown; both ends are inside', () => {
		const weigh = (lower: number, upper: number) =>
			weighEvidence(heatmapAt({x: 10, y: 10}), subject.image, {lower, upper});
		expect(weigh(0.5, 1)).toEqual({
			count: 4,
			shown: 3,
			box: {left: 8, top: 9, right: 13, bottom: 12},
			weights: [0.25, 1],
		});
		expect(weigh(0.5, 0.5).shown).toBe(1);
	});
});

describe('the Grad-CAM pixels of a network', () => {
	test('are the cells at or above the lower thumb, and the box holds them in the image', () => {
		const heatmap = {
			width: 4,
			height: 3,
			extent: {x: 0, y: 0, width: 40, height: 30},
			indices: Uint32Array.from({length: 12}, (_, index) => index),
			weights: Float32Array.from([0, 0, 0, 0, 0, 0.5, 1, 0, 0, 0, 0, 0]),
		};
		expect(
			weighEvidence(heatmap, subject.image, {lower: 0.5, upper: 1}),
		).toEqual({
			count: 2,
			shown: 2,
			box: {left: 10, top: 10, right: 29, bottom: 19},
			weights: [0.5, 1],
		});
	});

	test('may be none', () => {
		const nothing = {
			width: 4,
			height: 3,
			indices: new Uint32Array(),
			weights: new Float32Array(),
		};
		expect(
			weighEvidence(nothing, subject.image, {lower: 0.5, upper: 1}),
		).toEqual({count: 0, shown: 0});
	});
});

test('m and M go through the colour maps, round and round', () => {
	expect(press(makeState(), 'm').colormap).toBe('viridis');
	expect(press(makeState(), 'm', 'm').colormap).toBe('jet');
	expect(press(makeState(), 'M', 'M').colormap).toBe('viridis');
});

test('brackets and braces change the opacities, from 0 to 1', () => {
	expect(press(makeState(), ']').segmentationOpacity).toBe(0.5);
	expect(press(makeState(), ...'[[[[[[').segmentationOpacity).toBe(0);
	expect(press(makeState(), '}', '}', '}').heatmapOpacity).toBe(1);
	expect(press(makeState(), '{').heatmapOpacity).toBe(0.75);
});
