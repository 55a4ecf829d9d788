import {existsSync, readFileSync} from 'node:fs';
import {describe, expect, test} from 'vitest';
import * as commands from '../../../source/explorer/commands/index.js';
import {
	type Binding,
	activeBindings,
	helpSections,
	keyLabel,
	keymap,
	keymapMarkdown,
	mousemap,
	pasteText,
	pointMouse,
	pressKey,
} from '../../../source/explorer/keymap/index.js';
import {makeState, press, subject} from '../scene.js';

const bindings: readonly Binding[] = [
	...Object.values(keymap).flatMap((section) => [...section.bindings]),
	...Object.values(mousemap).flat(),
];

describe('the keymap', () => {
	test('names only commands that there are', () => {
		for (const {command} of bindings) {
			expect(commands).toHaveProperty(command);
		}
	});

	test('reaches every command', () => {
		const reached = new Set<string>(bindings.map(({command}) => command));
		expect(Object.keys(commands).filter((name) => !reached.has(name))).toEqual(
			[],
		);
	});

	test.each(Object.entries(keymap))('binds no key twice: %s', (_, section) => {
		const keys = section.bindings.flatMap((binding) => [...binding.keys]);
		expect(new Set(keys).size).toBe(keys.length);
	});

	test('is in the help as a whole', () => {
		const lines = (listed: readonly Binding[]) =>
			new Set(
				listed.map((binding) => `${keyLabel(binding)} ${binding.description}`),
			);
		const shown = helpSections.flatMap((section) => section.bindings);
		expect(lines(shown)).toEqual(lines(bindings));
	});

	test('describes every binding in a line of the help, on the smallest screen too', () => {
		for (const binding of bindings) {
			expect(binding.description).not.toBe('');
			expect(binding.description.length).toBeLessThanOrEqual(37);
			expect(keyLabel(binding).length).toBeLessThanOrEqual(16);
		}
	});

	test('has the keys that the README promises', () => {
		const readme = new URL('../../../README.md', import.meta.url);
		const text = existsSync(readme) ? readFileSync(readme, 'utf8') : '';
		const [, table] =
			/<!-- keys -->\n+(.*?)\n+<!-- \/keys -->/sv.exec(text) ?? [];
		expect(table).toBe(keymapMarkdown());
	});
});

describe('a key', () => {
	test('does nothing where nothing is bound to it', () => {
		const state = makeState();
		expect(pressKey(state, 'f12')).toBe(state);
	});

	test('means what the pane with the focus says', () => {
		const state = makeState();
		expect(press(state, 'right').cursor.x).toBe(state.cursor.x + 1);
		expect(press(state, '4', 'right').thumbs.lower).toBe(0.51);
	});

	test('clears the message that has been read', () => {
		expect(press(makeState(), 'm').message).toBeDefined();
		expect(press(makeState(), 'm', 'right').message).toBeUndefined();
	});

	test('says why it cannot do what it does', () => {
		const {heatmaps, ...imageOnly} = subject;
		const state = press(makeState({subject: imageOnly}), 'return');
		expect(state.patches).toEqual([]);
		expect(state.message?.text).toMatch(/no CSV file/v);
		expect(heatmaps).toBeDefined();
	});

	test('types where text is asked for', () => {
		const state = press(makeState(), 'g', '1', '2', ',', 'q');
		expect(state.dialog).toEqual({kind: 'goto', text: '12,'});
	});

	test('quits from every dialog', () => {
		for (const key of ['?', 'g', 'o']) {
			expect(press(makeState(), key, 'ctrl+c').outbox).toContainEqual({
				type: 'quit',
			});
		}
	});
});

describe('pasted text', () => {
	test('is typed where text is asked for', () => {
		const state = pasteText(press(makeState(), 'g'), '12,7\n');
		expect(press(state, 'return').cursor).toEqual({x: 12, y: 7});
	});

	test('is never taken for commands', () => {
		const state = makeState();
		expect(pasteText(state, 'iiii')).toBe(state);
	});
});

describe('Esc', () => {
	test.each(['?', 'g', '2', '3', '4', '5'])('goes back after %s', (key) => {
		const state = press(makeState(), key, 'escape');
		expect(state.dialog).toBeUndefined();
		expect(state.focus).toBe('pixel');
	});

	test('never quits', () => {
		expect(press(makeState(), 'escape', 'escape', 'escape').outbox).toEqual([]);
	});
});

describe('the mouse', () => {
	const picture = {
		kind: 'picture',
		point: {x: 3, y: 4},
		layer: 'heatmap',
	} as const;

	test('takes the cursor and the keys along', () => {
		const state = pointMouse(press(makeState(), '4'), 'hover', picture);
		expect(state.cursor).toEqual({x: 3, y: 4});
		expect(state.focus).toBe('pixel');
	});

	test('makes a patch by a click, and moves it to Compare by the second', () => {
		const clicked = pointMouse(makeState(), 'click', picture);
		expect(clicked.patches.map(({place}) => place)).toEqual(['patches']);
		const twice = pointMouse(clicked, 'double click', picture);
		expect(twice.patches.map(({place}) => place)).toEqual(['compare']);
	});

	test('marks by Ctrl-click, and removes by Ctrl-Alt-click', () => {
		const marked = pointMouse(makeState(), 'ctrl+click', picture);
		expect(marked.points[0].marked).toEqual([4 * 40 + 3]);
		const removed = pointMouse(marked, 'ctrl+alt+click', picture);
		expect(removed.points[0].marked).toEqual([]);
	});

	test('scrolls the opacity of what is under it', () => {
		const state = makeState();
		const onHeatmap = pointMouse(state, 'scroll up', picture);
		expect(onHeatmap.heatmapOpacity).toBe(0.9);
		expect(onHeatmap.segmentationOpacity).toBe(state.segmentationOpacity);
		const beside = pointMouse(state, 'shift+scroll down', {
			...picture,
			layer: 'segmentation',
		});
		expect(beside.segmentationOpacity).toBe(0.39);
		expect(beside.heatmapOpacity).toBe(state.heatmapOpacity);
	});

	test('does nothing under a dialog', () => {
		const state = press(makeState(), '?');
		expect(pointMouse(state, 'click', picture)).toBe(state);
	});

	test('scrolls the help', () => {
		const state = press(makeState(), '?');
		const scrolled = pointMouse(state, 'scroll down', {kind: 'help'});
		expect(scrolled.dialog).toEqual({kind: 'help', scroll: 3});
	});
});

test('the narrower binding wins', () => {
	const found = activeBindings(press(makeState(), 'g')).find(({keys}) =>
		keys.includes('escape'),
	);
	expect(found?.description).toBe('stay');
});
