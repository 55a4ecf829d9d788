import {describe, expect, test} from 'vitest';
import {pointsSaved, subjectOpened} from '../../source/explorer/events.js';
import {currentPoints, unsavedPoints} from '../../source/explorer/points.js';
import {frame} from '../../source/explorer/frame.js';
import {createResults} from '../../source/explorer/heatmaps/results.js';
import {viewPoints} from '../../source/explorer/views/points.js';
import {makeState, press, subject, width} from './scene.js';

const file = subject.pointsFile;
const index = (x: number, y: number) => y * width + x;
const saved = {
	file,
	name: 'street',
	saved: [index(5, 5), index(6, 6)],
	marked: [index(5, 5), index(6, 6)],
};
const state = makeState({cursor: {x: 10, y: 10}, points: [saved]});

describe('an interesting point', () => {
	test('is marked and unmarked by i', () => {
		const marked = press(state, 'i');
		expect(currentPoints(marked).marked).toContain(index(10, 10));
		expect(currentPoints(press(marked, 'i')).marked).toEqual(saved.marked);
	});

	test('is removed by x in the picture, and in the list', () => {
		expect(currentPoints(press(state, 'i', 'x')).marked).toEqual(saved.marked);
		const removed = press(state, '5', 'x');
		expect(currentPoints(removed).marked).toEqual([index(6, 6)]);
		expect(removed.cursor).toEqual({x: 6, y: 6});
	});

	test('is shown in the picture when it is selected', () => {
		expect(press(state, '5', 'down').cursor).toEqual({x: 6, y: 6});
		expect(press(state, '5', 'down', 'return').focus).toBe('pixel');
	});

	test('is ringed and blinks, until q hides it', () => {
		const {picture} = frame(state, createResults());
		expect(picture.rings).toEqual([
			{x: 5, y: 5},
			{x: 6, y: 6},
		]);
		expect(picture.blinks).toBe(true);
		expect(
			frame({...state, blink: false}, createResults()).picture,
		).toMatchObject({rings: [], blinks: true});
		for (const key of ['q', 'Q']) {
			expect(frame(press(state, key), createResults()).picture).toMatchObject({
				rings: [],
				blinks: false,
			});
		}
	});

	test('does not blink where it is out of sight', () => {
		const near = press(
			makeState({cursor: {x: 39, y: 29}, points: [saved]}),
			...'++++++++',
		);
		expect(frame(near, createResults()).picture.blinks).toBe(false);
	});
});

describe('saving', () => {
	test.each(['s', 'S'])(
		'is wished by %s where something has changed',
		(key) => {
			expect(press(state, key).outbox).toEqual([]);
			const [effect] = press(state, 'i', key).outbox;
			expect(effect).toMatchObject({
				type: 'savePoints',
				lists: [{file, name: 'street', saved: saved.saved}],
				thenQuit: false,
			});
		},
	);

	test('takes over what another session saved meanwhile', () => {
		const marked = press(state, 'i');
		const now = [...saved.saved, index(1, 1), index(10, 10)];
		const done = pointsSaved(marked, {
			lists: [{...saved, saved: now, marked: now}],
			text: 'saved',
		});
		expect(currentPoints(done).marked).toEqual(now);
		expect(unsavedPoints(done)).toEqual([]);
	});

	test('keeps what was marked while the file was written', () => {
		const marked = press(state, 'i');
		const more = press(marked, 'right', 'i');
		const now = [...saved.saved, index(10, 10)];
		const done = pointsSaved(more, {
			lists: [{...saved, saved: now, marked: now}],
			text: 'saved',
		});
		expect(currentPoints(done).marked).toEqual([...now, index(11, 10)]);
		expect(unsavedPoints(done)).toHaveLength(1);
	});
});

describe('quitting', () => {
	test.each(['ctrl+c', 'ctrl+q'])(
		'by %s asks once where points are unsaved',
		(key) => {
			expect(press(state, key).outbox).toEqual([{type: 'quit'}]);
			const asked = press(state, 'i', key);
			expect(asked.outbox).toEqual([]);
			expect(asked.dialog).toEqual({kind: 'quit'});
			expect(press(asked, key).outbox).toEqual([{type: 'quit'}]);
			expect(press(asked, 'escape').dialog).toBeUndefined();
			expect(press(asked, 's').outbox).toMatchObject([
				{type: 'savePoints', thenQuit: true},
			]);
		},
	);
});

describe('the cases', () => {
	test('are listed after the points, the open one first', () => {
		const {window} = viewPoints(state, {height: 20});
		expect(
			window.items.map((row) => (row.kind === 'case' ? row.name : row.kind)),
		).toEqual(['point', 'point', 'heading', 'street', 'field', 'lake']);
	});

	test('are opened by Enter', () => {
		const selected = press(state, '5', 'down', 'down', 'down');
		expect(press(selected, 'return').outbox).toEqual([
			{type: 'openCase', name: 'field'},
		]);
	});

	test('cannot steer the terminal by their names', () => {
		const evil = makeState({
			subject: {...subject, cases: ['\u001B[2Jfield\u0007']},
		});
		const {window} = viewPoints(evil, {height: 20});
		expect(window.items.at(-1)).toMatchObject({name: 'field'});
	});
});

describe('another image', () => {
	const other = {...subject, id: 'b', name: 'field', path: '/photos/field.png'};
	const points = {file, name: 'field', saved: [1], marked: [1]};

	test('leaves unsaved points of the first to be saved', () => {
		const opened = subjectOpened(press(state, 'i', 'return'), {
			subject: other,
			points,
		});
		expect(opened.patches).toEqual([]);
		expect(currentPoints(opened).marked).toEqual([1]);
		expect(unsavedPoints(opened).map(({name}) => name)).toEqual(['street']);
	});

	test('leaves whoever is about to quit the question', () => {
		const asked = press(state, 'i', 'ctrl+c');
		const opened = subjectOpened(asked, {subject: other, points});
		expect(opened.dialog).toEqual({kind: 'quit'});
		const reading = subjectOpened(press(state, '?'), {subject: other, points});
		expect(reading.dialog).toBeUndefined();
	});

	test('keeps cursor and patches where only its files are others', () => {
		const opened = subjectOpened(press(state, 'return', 'right'), {
			subject: {...subject, id: 'b'},
			points: saved,
		});
		expect(opened.cursor).toEqual({x: 11, y: 10});
		expect(opened.patches.map(({request}) => request.key)).toEqual(['b:10,10']);
	});
});
