import {afterEach, beforeEach, expect, test, vi} from 'vitest';
import type {LiveMap} from '../../../source/compute/live/protocol.js';
import type {HeatmapRequest} from '../../../source/explorer/heatmaps/request.js';
import type {State} from '../../../source/explorer/state.js';
import {openLiveDesk} from '../../../source/subcommands/explore/live.js';
import {makeState} from '../../explorer/scene.js';

const {explain} = vi.hoisted(() => ({explain: vi.fn()}));
vi.mock('../../../source/compute/live/client.js', () => ({
	openLive: () => ({explain, see: vi.fn(), close: vi.fn()}),
}));

beforeEach(() => {
	vi.useFakeTimers();
});
afterEach(() => {
	vi.useRealTimers();
});

const request: HeatmapRequest = {
	x: 0,
	y: 0,
	key: 'key',
	subject: 'subject',
	source: 'network',
	question: {layer: 'layer', method: 'score-cam', area: {kind: 'pixel'}},
	target: {class: 0, cells: Uint32Array.of(0), area: 'cell 0'},
};

test('a method that takes long is named before it has any progress to report, until it answers', async () => {
	const answer: LiveMap = {
		width: 1,
		height: 1,
		indices: Uint32Array.of(0),
		weights: Float32Array.of(1),
		extent: {x: 0, y: 0, width: 1, height: 1},
		ms: 1,
	};
	let state: State = makeState();
	const {provider} = openLiveDesk({model: 'model.onnx', load: {}}, (change) => {
		state = change(state);
	});
	explain.mockImplementation(
		async () =>
			new Promise((resolve) => {
				setTimeout(resolve, 1000, answer);
			}),
	);
	const {signal} = new AbortController();
	const asked = provider.explain(request, {signal});
	vi.advanceTimersByTime(300);
	expect(state.progress).toBeUndefined();
	vi.advanceTimersByTime(200);
	expect(state.progress).toEqual({label: 'Score-CAM'});
	vi.advanceTimersByTime(500);
	expect(await asked).toBe(answer);
	expect(state.progress).toBeUndefined();
});
