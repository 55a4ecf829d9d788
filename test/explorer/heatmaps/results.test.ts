import {describe, expect, test, vi} from 'vitest';
import type {Heatmap} from '../../../source/cam/heatmap.js';
import type {Effect} from '../../../source/explorer/effect.js';
import type {HeatmapProvider} from '../../../source/explorer/heatmaps/provider.js';
import {createHeatmapQueue} from '../../../source/explorer/heatmaps/queue.js';
import {
	type HeatmapRequest,
	requestAt,
	wantedRequests,
} from '../../../source/explorer/heatmaps/request.js';
import {createResults} from '../../../source/explorer/heatmaps/results.js';
import {createSession} from '../../../source/explorer/session.js';
import {createStore} from '../../../source/explorer/store.js';
import {viewPixel} from '../../../source/explorer/views/pixel.js';
import {heatmapAt, makeState, press, provider, subject} from '../scene.js';

const request = (x: number): HeatmapRequest => requestAt(subject, {x, y: 10});

/** A provider whose answers are given by the test. */
const slowProvider = () => {
	const begun: Array<{
		x: number;
		signal: AbortSignal;
		answer: (heatmap: Heatmap) => void;
		fail: (error: Error) => void;
	}> = [];
	const slow: HeatmapProvider = {
		explain: async ({x}, {signal}) =>
			new Promise((answer, fail) => {
				begun.push({x, signal, answer, fail});
			}),
		close: () => undefined,
	};
	return {slow, begun};
};

const settle = async () => {
	await new Promise((resolve) => {
		setImmediate(resolve);
	});
};

describe('results', () => {
	test('are forgotten when they were not wanted for longest', () => {
		const results = createResults(2500);
		for (const key of ['a', 'b']) {
			results.set(key, {problem: key});
		}

		results.touch(['a']);
		results.set('c', {problem: 'c'});
		expect(results.get('a')).toBeDefined();
		expect(results.get('b')).toBeUndefined();
	});

	test('are fewer where their heatmaps are large, but never none', () => {
		const results = createResults(2 ** 20);
		const heatmapOf = (cells: number): Heatmap => ({
			width: cells,
			height: 1,
			indices: new Uint32Array(cells),
			weights: new Float32Array(cells),
		});
		for (const key of ['a', 'b', 'c']) {
			results.set(key, {heatmap: heatmapOf(2 ** 18)});
		}

		results.set('b', {heatmap: heatmapOf(2 ** 19)});
		expect(
			['a', 'b', 'c'].map((key) => results.get(key) !== undefined),
		).toEqual([false, true, true]);
		results.set('d', {heatmap: heatmapOf(2 ** 21)});
		expect(
			['b', 'c', 'd'].map((key) => results.get(key) !== undefined),
		).toEqual([false, false, true]);
	});
});

describe('the queue', () => {
	test('lets a newer wish overtake those still waiting', async () => {
		const results = createResults();
		const queue = createHeatmapQueue(results, () => undefined, 1);
		const {slow, begun} = slowProvider();
		queue.use({file: slow});
		queue.want([request(1)]);
		queue.want([request(2)]);
		queue.want([request(3)]);
		expect(begun.map(({x}) => x)).toEqual([1]);
		expect(begun[0].signal.aborted).toBe(true);
		begun[0].answer(heatmapAt({x: 1, y: 10}));
		await settle();
		expect(begun.map(({x}) => x)).toEqual([1, 3]);
		expect(results.get(request(1).key)).toHaveProperty('heatmap');
		expect(queue.isSettled()).toBe(false);
	});

	test('keeps the reason why there is no heatmap, unless it was told to stop', async () => {
		const results = createResults();
		const queue = createHeatmapQueue(results, () => undefined, 2);
		const {slow, begun} = slowProvider();
		queue.use({file: slow});
		queue.want([request(1), request(2)]);
		queue.want([request(2)]);
		for (const {fail} of begun) {
			fail(new Error('line 7 is broken'));
		}

		await settle();
		expect(results.get(request(1).key)).toBeUndefined();
		expect(results.get(request(2).key)).toEqual({problem: 'line 7 is broken'});
	});

	test('forgets what an old source answers', async () => {
		const results = createResults();
		const onResult = vi.fn<() => void>();
		const queue = createHeatmapQueue(results, onResult);
		const {slow, begun} = slowProvider();
		queue.use({file: slow});
		queue.want([request(1)]);
		queue.use({});
		begun[0].answer(heatmapAt({x: 1, y: 10}));
		await settle();
		expect(results.get(request(1).key)).toBeUndefined();
		expect(onResult).not.toHaveBeenCalled();
	});
});

describe('what is wanted', () => {
	test('is the cursor first, then the patches, none of them twice', () => {
		const state = press(
			makeState({cursor: {x: 10, y: 10}}),
			'return',
			'right',
			'return',
			'left',
		);
		expect(wantedRequests(state).map(({x}) => x)).toEqual([10, 11]);
	});

	test('is nothing where the file leaves the pixel out, and the screen says so', () => {
		const strided = {...subject, heatmaps: {stride: 4, isLayers: true}};
		const at = (x: number, y: number) =>
			makeState({subject: strided, cursor: {x, y}});
		expect(wantedRequests(at(8, 4))).toHaveLength(1);
		const between = at(8, 5);
		expect(wantedRequests(between)).toEqual([]);
		expect(viewPixel(between, createResults()).explanation).toEqual({
			status: 'skipped',
			stride: 4,
		});
		expect(press(between, 'enter').patches).toEqual([]);
	});

	test('is nothing where there is only an image', () => {
		const {heatmaps, ...imageOnly} = subject;
		expect(wantedRequests(makeState({subject: imageOnly}))).toEqual([]);
		expect(heatmaps).toBeDefined();
	});
});

describe('a session', () => {
	test('explains the pixel under the cursor, and never another one', async () => {
		const session = createSession(
			makeState({cursor: {x: 10, y: 10}}),
			() => undefined,
		);
		session.use({file: provider});
		expect(session.isComplete()).toBe(false);
		await settle();
		expect(session.isComplete()).toBe(true);
		expect(session.getFrame().picture.box).toEqual({
			left: 8,
			top: 9,
			right: 13,
			bottom: 12,
		});
		session.update((state) => press(state, 'right'));
		const {state, results, picture} = session.getFrame();
		expect(viewPixel(state, results).explanation.status).toBe('waiting');
		expect(picture.painting.heatmap).toBeUndefined();
		await settle();
		expect(session.getFrame().picture.box).toMatchObject({left: 9});
	});

	test('leaves the last heatmap in the picture for the moment that the next may take, and no longer', async () => {
		const {slow, begun} = slowProvider();
		const session = createSession(
			makeState({cursor: {x: 10, y: 10}}),
			() => undefined,
		);
		session.use({file: slow});
		const {picture: first} = session.getFrame();
		expect(first.meanwhile).toBeUndefined();
		const heatmap = heatmapAt({x: 10, y: 10});
		begun[0].answer(heatmap);
		await settle();
		vi.useFakeTimers();
		try {
			session.update((state) => press(state, 'right'));
			vi.advanceTimersByTime(100);
			const {picture: soon} = session.getFrame();
			expect(soon.meanwhile?.heatmap).toBe(heatmap);
			expect(soon.box).toMatchObject({left: 8});
			vi.advanceTimersByTime(50);
			const {picture: late} = session.getFrame();
			expect(late.meanwhile).toBeUndefined();
			expect(late.box).toBeUndefined();
		} finally {
			vi.useRealTimers();
		}
	});
});

describe('the store', () => {
	test('carries a wish out once', () => {
		const run = vi.fn<(effect: Effect) => void>();
		const store = createStore(makeState(), run);
		store.update((state) => press(state, 'o'));
		store.update((state) => press(state, 'down'));
		expect(run).toHaveBeenCalledTimes(1);
		expect(store.getState().outbox).toEqual([]);
	});

	test('tells nobody where nothing has changed', () => {
		const store = createStore(makeState(), () => undefined);
		const listener = vi.fn<() => void>();
		const stop = store.subscribe(listener);
		store.update((state) => state);
		expect(listener).not.toHaveBeenCalled();
		store.update((state) => press(state, 'right'));
		expect(listener).toHaveBeenCalledTimes(1);
		stop();
		store.update((state) => press(state, 'right'));
		expect(listener).toHaveBeenCalledTimes(1);
	});
});
