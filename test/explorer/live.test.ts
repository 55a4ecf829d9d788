import {describe, expect, test} from 'vitest';
import {
	networkFailed,
	networkSeen,
	progressed,
	reported,
} from '../../source/explorer/events.js';
import {frame} from '../../source/explorer/frame.js';
import {pointMouse} from '../../source/explorer/keymap/index.js';
import type {Network} from '../../source/explorer/network/network.js';
import {visiblePanes} from '../../source/explorer/panes.js';
import {
	cursorRequest,
	wantedRequests,
} from '../../source/explorer/heatmaps/request.js';
import {createResults} from '../../source/explorer/heatmaps/results.js';
import {createSession} from '../../source/explorer/session.js';
import type {Settings, State} from '../../source/explorer/state.js';
import {viewClasses} from '../../source/explorer/views/classes.js';
import {viewLayers} from '../../source/explorer/views/layers.js';
import {viewCompare} from '../../source/explorer/views/patches.js';
import {viewPixel} from '../../source/explorer/views/pixel.js';
import {viewStatus} from '../../source/explorer/views/status.js';
import {height, makeState, press, subject, width} from './scene.js';

const classes = ['sky', 'road', 'car'].map((name, id) => ({
	id,
	name,
	color: 0x10_20_30 * (id + 1),
}));

/** Half as fine as the image. */
const grid = {width: width / 2, height: height / 2};
const space = grid.width * grid.height;

/** Sees a car in the lower right corner, sky on the left of it and road elsewhere; the mask knows of no car. */
const predicted = (column: number, row: number): number =>
	column >= 15 && row >= 10 ? 2 : column < 10 ? 0 : 1;

const network: Network = {
	name: 'net',
	runtime: 'runtime',
	classes,
	layers: ['early', 'middle', 'late'].map((name) => ({
		name,
		shape: [1, 8, 3, 4],
	})),
	prediction: {
		...grid,
		view: {x: 0, y: 0, width, height},
		logits: Float32Array.from({length: 3 * space}, (_, index) => {
			const cell = index % space;
			const id = Math.floor(index / space);
			return predicted(cell % grid.width, Math.floor(cell / grid.width)) === id
				? 3
				: -id;
		}),
		segmentation: {
			width,
			height,
			labels: Uint8Array.from({length: width * height}, (_, pixel) =>
				predicted(
					Math.floor((pixel % width) / 2),
					Math.floor(pixel / width / 2),
				),
			),
			classes: new Map([
				...classes.map((entry) => [entry.id, entry] as const),
				[3, {id: -1, name: 'not seen', color: 0}],
			]),
			palette: 'net',
		},
	},
};

const {heatmaps, ...withoutFile} = subject;

const open = (settings: Partial<Settings> = {}): State =>
	networkSeen(
		makeState({subject: withoutFile, hasNetwork: true, ...settings}),
		network,
		{layer: 'middle'},
	);

const tall = {height: 12};

/** The lines of the Classes pane, with room for all or only some. */
const rowsOf = (state: State, size = tall) =>
	viewClasses(state, size).window.items;

/** What is asked, with its cells as numbers. */
const asked = (state: State) => {
	const {question, target} = cursorRequest(state);
	return {
		layer: question?.layer,
		method: question?.method,
		class: target?.class,
		versus: target?.versus,
		cells: [...(target?.cells ?? [])],
	};
};

/** Never answers. */
const silent = {
	explain: async () =>
		new Promise<never>(() => {
			// As said.
		}),
	close: () => undefined,
} as const;

const key = (state: State): string => cursorRequest(state).key;

describe('a network', () => {
	test('is not asked before it has seen the image, and that is said no longer', () => {
		const state = makeState({subject: withoutFile, hasNetwork: true});
		expect(wantedRequests(state)).toEqual([]);
		const early = press(state, 't');
		expect(early.message?.text).toMatch(/not seen the image yet/v);
		const seen = networkSeen(early, network, {layer: 'middle'});
		expect(seen.message).toBeUndefined();
		expect(viewPixel(state, createResults()).explanation.status).toBe(
			'waiting',
		);
	});

	test('shows the picture through the heatmap of a classifier, unless another opacity was chosen', () => {
		const {segmentation, ...scores} = network.prediction;
		const classifier = {...network, prediction: scores};
		const state = makeState({subject: withoutFile, hasNetwork: true});
		const see = (before: State, seen: Network): number =>
			networkSeen(before, seen, {layer: 'middle'}).heatmapOpacity;
		expect(segmentation).toBeDefined();
		expect(see(state, network)).toBe(0.85);
		expect(see(state, classifier)).toBe(0.6);
		expect(see(press(state, '}'), classifier)).toBe(0.95);
	});

	test('is not waited for before a frame is drawn, as a file is', () => {
		const isDrawn = ['network', 'file'].map((kind) => {
			const session = createSession(
				kind === 'network' ? open() : makeState(),
				() => undefined,
			);
			session.use({[kind]: silent});
			expect(session.isSettled()).toBe(false);
			return session.isComplete();
		});
		expect(isDrawn).toEqual([true, false]);
	});

	test('is asked why the pixel under the cursor is what it is predicted to be', () => {
		expect(asked(open({cursor: {x: 31, y: 25}}))).toEqual({
			layer: 'middle',
			method: 'hirescam',
			class: 2,
			versus: undefined,
			cells: [12 * grid.width + 15],
		});
	});

	test('brings its panes, and takes them away when it fails', () => {
		const state = open();
		expect(visiblePanes(state)).toContain('layers');
		const failed = networkFailed(state, 'bad \u001B[31mmodel');
		expect(visiblePanes(failed)).not.toContain('layers');
		expect(failed.message).toEqual({text: 'bad model', tone: 'error'});
		expect(press(failed, '7').message?.text).toBe('bad model');
	});

	test('lays its own segmentation over an image that has none', () => {
		const {segmentation, ...bare} = withoutFile;
		const {picture} = frame(open({subject: bare}), createResults());
		expect(segmentation?.palette).toBe('made up');
		expect(picture.palette).toBe('net');
		expect(picture.painting.segmentation).toBe(network.prediction.segmentation);
	});
});

describe('what is asked', () => {
	const state = open({cursor: {x: 31, y: 25}});

	test('t asks why the next likely class, T why the predicted one', () => {
		const next = press(state, 't');
		expect(asked(next).class).toBe(0);
		expect(next.message?.text).toMatch(/^Why sky\?/v);
		expect(key(next)).not.toBe(key(state));
		expect(asked(press(next, 'T'))).toEqual(asked(state));
	});

	test('a chosen class stays when the cursor moves', () => {
		const next = press(state, 't', 'H');
		expect(asked(next).class).toBe(0);
		expect(asked(press(state, 'H')).class).toBe(1);
	});

	test('Classes chooses the target, and a class to take off', () => {
		const chosen = press(state, '6', 'down', 'return');
		expect(asked(chosen).class).toBe(0);
		expect(rowsOf(chosen).map(({isTarget}) => isTarget)).toEqual([
			false,
			true,
			false,
		]);
		const versus = press(state, '6', 'down', 'v');
		expect(asked(versus)).toMatchObject({class: 2, versus: 0});
		expect(viewPixel(versus, createResults()).asked).toMatchObject({
			text: 'car, not sky',
			shortText: 'car − sky',
		});
		expect(asked(press(versus, 'v')).versus).toBeUndefined();
	});

	test('v asks why not the next likely class, and goes through all of them', () => {
		const first = press(state, 'v');
		expect(asked(first)).toMatchObject({class: 2, versus: 0});
		expect(first.message?.text).toMatch(/^Why car and not sky\?/v);
		expect(asked(press(first, 'v'))).toMatchObject({class: 2, versus: 1});
		expect(asked(press(first, 'v', 'v'))).toEqual(asked(first));
		expect(asked(press(first, 'T'))).toEqual(asked(state));
	});

	test('every class can be reached in Classes, and those that are asked about stay in view', () => {
		const low = {height: 4};
		const names = (from: State) => rowsOf(from, low).map(({name}) => name);
		expect(names(state)).toEqual(['car', 'sky']);
		expect(viewClasses(state, low).window.below).toBe(1);
		const last = press(state, '6', 'pagedown');
		expect(names(last)).toEqual(['sky', 'road']);
		const chosen = press(last, 'return', '1');
		expect(asked(chosen).class).toBe(1);
		expect(names(chosen)).toEqual(['car', 'road']);
	});

	test('/ finds a class, a layer or a method by a part of its name', () => {
		const found = press(state, '6', '/', 'R', 'O', 'return', 'return');
		expect(asked(found).class).toBe(1);
		const late = press(state, '7', '/', 'a', 't', 'return');
		expect(asked(late).layer).toBe('late');
		expect(asked(press(state, '8', '/', 'x')).method).toBe('xgrad-cam');
		expect(asked(press(state, '8', '/', ...'guided b')).method).toBe(
			'guided-backpropagation',
		);
	});

	test('/ goes from match to match, and says when there is none', () => {
		const first = press(state, '7', '/', 'l');
		expect(asked(first).layer).toBe('early');
		expect(asked(press(first, 'down')).layer).toBe('middle');
		expect(asked(press(first, 'down', 'up', 'up')).layer).toBe('early');
		const none = press(state, '7', '/', 'q');
		expect(viewStatus(none, createResults()).prompt).toEqual({
			label: 'No layer contains:',
			text: 'q',
		});
		const closed = press(none, 'return');
		expect(asked(closed)).toEqual(asked(state));
		expect(closed.dialog).toBeUndefined();
	});

	test('Esc takes a search back, and so does erasing what was typed', () => {
		const late = press(state, '7', '/', 'a', 't');
		expect(asked(press(late, 'escape'))).toEqual(asked(state));
		expect(asked(press(late, 'backspace', 'backspace'))).toEqual(asked(state));
		const found = press(state, '6', '/', 'r', 'o');
		expect(found.selectedClass).not.toBe(state.selectedClass);
		expect(press(found, 'escape').selectedClass).toBe(state.selectedClass);
	});

	test('the wheel selects in the list under it', () => {
		const scroll = (
			target: Parameters<typeof pointMouse>[2],
			gesture = 'scroll down',
		) => pointMouse(state, gesture, target);
		const layer = {kind: 'layer', name: 'early'} as const;
		expect(asked(scroll(layer)).layer).toBe('late');
		expect(asked(scroll(layer, 'scroll up')).layer).toBe('early');
		expect(scroll({kind: 'class', id: 2})).toMatchObject({
			focus: 'classes',
			selectedClass: 1,
		});
		const unseen = makeState({subject: withoutFile, hasNetwork: true});
		expect(pointMouse(unseen, 'scroll down', layer).message?.text).toBe(
			'The network has not seen the image yet.',
		);
	});

	test('probabilities are a softmax, the likeliest class first', () => {
		const rows = rowsOf(state);
		expect(rows.map(({name}) => name)).toEqual(['car', 'sky', 'road']);
		expect(rows[0].probability).toBeCloseTo(
			Math.exp(3) / (Math.exp(3) + 1 + Math.exp(-1)),
		);
	});

	test('layers and methods are chosen in their panes and from the picture', () => {
		expect(asked(press(state, '.')).layer).toBe('late');
		expect(asked(press(state, '.', '.')).layer).toBe('late');
		expect(asked(press(state, '7', 'up')).layer).toBe('early');
		expect(asked(press(state, '8', 'down')).method).not.toBe('hirescam');
		expect(asked(press(state, 'w', 'W'))).toEqual(asked(state));
	});

	test('a sums over the connected pixels of a class in the mask', () => {
		const component = press(state, 'a');
		// The mask calls the whole right half road; the network, asked by n, sees a car in its corner.
		expect(asked(component).cells).toHaveLength(space / 2);
		const own = press(component, 'n');
		expect(asked(own).cells).toHaveLength(5 * 5);
		expect(asked(own).class).toBe(2);
		expect(key(press(own, 'k'))).toBe(key(own));
		expect(asked(press(own, 'a')).cells).toHaveLength(1);
	});

	test('r draws a rectangle, ends it, and comes back to the pixel', () => {
		const drawing = press(state, 'r', 'l', 'l', 'j', 'j');
		expect(asked(drawing).cells).toEqual([
			12 * grid.width + 15,
			12 * grid.width + 16,
			13 * grid.width + 15,
			13 * grid.width + 16,
		]);
		const drawn = press(drawing, 'r', 'home');
		expect(asked(drawn)).toEqual(asked(drawing));
		expect(frame(drawn, createResults()).picture.area).toEqual({
			left: 31,
			top: 25,
			right: 33,
			bottom: 27,
		});
		expect(asked(press(drawn, 'r')).cells).toHaveLength(1);
	});

	test('Esc drops a rectangle that has no end yet, from the picture', () => {
		const drawing = press(state, 'r', 'l', 'l', '4');
		const inPicture = press(drawing, 'escape');
		expect(inPicture.question.area.kind).toBe('drawing');
		const dropped = press(inPicture, 'escape');
		expect(dropped.question.area).toEqual({kind: 'pixel'});
		const drawn = press(inPicture, 'r', 'escape');
		expect(drawn.question.area.kind).toBe('rectangle');
	});

	test('layers are shown without the end that PyTorch gives all of them', () => {
		const name = '/b/b.1/Relu_output_0';
		const torch = networkSeen(
			makeState({subject: withoutFile, hasNetwork: true}),
			{...network, layers: [{name, shape: [1, 8, 3, 4]}]},
			{layer: name},
		);
		const {chosen, window} = viewLayers(torch, {height: 9});
		expect(chosen).toBe('/b/b.1/Relu');
		expect(window.items).toMatchObject([{name, label: '/b/b.1/Relu'}]);
	});

	test('several layers of one pixel stand side by side in Compare', () => {
		const compared = press(state, '7', 'c', 'down', 'c');
		expect(
			viewCompare(compared, createResults(), {
				width: 80,
				height: 16,
			}).window.items.map(({caption}) => caption),
		).toEqual(['middle', 'late']);
		expect(asked(press(compared, '3', 'left')).layer).toBe('middle');
	});
});

describe('a file and a network', () => {
	test('f switches between the two', () => {
		const state = open({subject});
		expect(cursorRequest(state).source).toBe('file');
		expect(press(state, 't').message?.text).toMatch(/f asks the network/v);
		const live = press(state, 'f');
		expect(cursorRequest(live).source).toBe('network');
		expect(key(press(live, 'f'))).toBe(key(state));
		expect(heatmaps).toBeDefined();
	});

	test('stand side by side in Compare, each by its name', () => {
		const compared = press(open({subject}), 'c', 'f', 'c');
		expect(
			viewCompare(compared, createResults(), {
				width: 80,
				height: 16,
			}).window.items.map(({caption}) => caption),
		).toEqual(['road · CSV', 'road · live']);
	});

	test('cannot disagree where their classes are not the same ones', () => {
		const {segmentation} = subject;
		const others = ['wall', 'door', 'lamp', 'rug'].map(
			(name, id) => [id, {id: id + 2, name, color: id}] as const,
		);
		const state = open({
			subject: {
				...withoutFile,
				segmentation: {...segmentation!, classes: new Map(others)},
			},
		});
		expect(viewClasses(state, tall).disagreement).toBeUndefined();
		expect(press(state, 'd').message?.text).toBe(
			'The classes of file and network are not the same ones.',
		);
		expect(press(state, 'n').layover).toBe('network');
	});

	test('d shows where the mask and the network disagree, and how much', () => {
		const state = press(open(), 'd');
		const {disagreement} = frame(state, createResults()).picture.painting;
		expect(disagreement?.mask[29 * width + 39]).toBe(1);
		expect(disagreement?.mask[0]).toBe(0);
		expect(disagreement?.share).toBeCloseTo((10 * 10) / (width * height));
		expect(viewClasses(state, tall).disagreement).toBe(disagreement?.share);
		expect(state.message?.text).toContain('8.3 %');
		expect(
			frame(press(state, 'd'), createResults()).picture.painting.disagreement,
		).toBeUndefined();
	});
});

test('a pixel that the network does not see is said to be so', () => {
	const blind: Network = {
		...network,
		prediction: {
			...network.prediction,
			view: {x: 10, y: 0, width: 20, height},
		},
	};
	const state = networkSeen(
		makeState({
			subject: withoutFile,
			hasNetwork: true,
			cursor: {x: 2, y: 2},
		}),
		blind,
		{layer: 'late'},
	);
	expect(wantedRequests(state)).toEqual([]);
	expect(viewPixel(state, createResults()).explanation).toMatchObject({
		status: 'failed',
	});
	expect(press(state, 'return').message?.text).toBe(
		'The network does not see this pixel.',
	);
});

test('a key is told once, with what it does where the focus is', () => {
	const {hints} = viewStatus(press(open(), '6'), createResults());
	const keys = hints.map(({keys}) => keys);
	expect(new Set(keys).size).toBe(keys.length);
	expect(keys).toContain('v');
});

test('why there is no heatmap stays in sight, below a message', () => {
	const failed = networkFailed(
		makeState({subject: withoutFile, hasNetwork: true}),
		'bad model',
	);
	const results = createResults();
	expect(viewStatus(failed, results).problem).toBeUndefined();
	const read = press(failed, 'right');
	expect(viewStatus(read, results).problem).toBe('bad model');
	expect(press(read, 'return').message?.text).toBe('bad model');
});

test('a message takes the line of what nobody waits for', () => {
	const results = createResults();
	const told = reported(open(), {text: 'Look here', tone: 'info'});
	for (const [state, isSeen] of [
		[progressed(open(), {label: 'all pixels', done: 0.5, isQuiet: true}), true],
		[progressed(told, {label: 'all pixels', done: 0.5, isQuiet: true}), false],
		[progressed(told, {label: 'SmoothGrad', done: 0.5}), true],
	] as const) {
		expect('progress' in viewStatus(state, results)).toBe(isSeen);
	}
});
