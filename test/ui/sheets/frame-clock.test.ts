import {afterEach, beforeEach, expect, test, vi} from 'vitest';
import {createFrameClock} from '../../../source/ui/sheets/frame-clock.js';

beforeEach(() => {
	vi.useFakeTimers({
		toFake: [
			'setTimeout',
			'clearTimeout',
			'setImmediate',
			'clearImmediate',
			'performance',
		],
	});
});

afterEach(() => {
	vi.useRealTimers();
});

test('draws once for all that changes in the same moment', () => {
	const draw = vi.fn<() => void>();
	const clock = createFrameClock(draw, () => true);
	clock.request();
	clock.request();
	expect(draw).not.toHaveBeenCalled();
	vi.advanceTimersByTime(1);
	expect(draw).toHaveBeenCalledTimes(1);
});

test('leaves out frames that come too soon after one another, but never the last', () => {
	const draw = vi.fn<() => void>();
	const clock = createFrameClock(draw, () => true);
	for (let time = 0; time < 40; time++) {
		clock.request();
		vi.advanceTimersByTime(1);
	}

	expect(draw.mock.calls.length).toBeLessThanOrEqual(6);
	const before = draw.mock.calls.length;
	clock.request();
	vi.advanceTimersByTime(20);
	expect(draw).toHaveBeenCalledTimes(before + 1);
});

test('waits a little for a heatmap, and no longer', () => {
	let isComplete = false;
	const draw = vi.fn<() => void>();
	const clock = createFrameClock(draw, () => isComplete);
	clock.request();
	vi.advanceTimersByTime(3);
	expect(draw).not.toHaveBeenCalled();
	isComplete = true;
	clock.request();
	vi.advanceTimersByTime(1);
	expect(draw).toHaveBeenCalledTimes(1);

	isComplete = false;
	clock.request();
	vi.advanceTimersByTime(20);
	expect(draw).toHaveBeenCalledTimes(2);
});

test('draws nothing any more once it is stopped', () => {
	const draw = vi.fn<() => void>();
	const clock = createFrameClock(draw, () => true);
	clock.request();
	clock.stop();
	vi.advanceTimersByTime(50);
	expect(draw).not.toHaveBeenCalled();
});
