import {expect, test} from 'vitest';
import {createForwardValues} from '../../../source/compute/live/forward-values.js';
import type {Runtime} from '../../../source/runtimes/runtime.js';
import {buildGraph, node} from '../../graph/build.js';

const graph = buildGraph({
	inputs: {image: [1, 1, 2, 2]},
	nodes: [node('Relu', ['image'], 'a'), node('Neg', ['a'], 'b')],
});

/** Values of a network that is never run, and what was asked of it. */
const open = () => {
	const loaded: Array<readonly string[]> = [];
	let sessions = 0;
	const runtime: Pick<Runtime, 'load'> = {
		async load(_graph, fetches) {
			loaded.push(fetches);
			sessions++;
			return {
				run: async (_feeds, wanted) =>
					new Map(wanted.map((name) => [name, Float32Array.of(wanted.length)])),
				async dispose() {
					sessions--;
				},
			};
		},
	};
	const values = createForwardValues(
		runtime,
		graph,
		new Map([['image', new Float32Array(4)]]),
	);
	return {values, loaded, sessions: () => sessions};
};

test('a value is computed once, whoever else reads it', async () => {
	const {values, loaded} = open();
	const first = await values.of(['a']);
	const second = await values.of(['b', 'a']);
	expect(loaded).toEqual([['a'], ['b']]);
	expect([...second.keys()]).toEqual(['b', 'a']);
	expect(second.get('a')).toBe(first.get('a'));
	await values.of(['a', 'b']);
	expect(loaded).toHaveLength(2);
});

test('nothing stays of the network that computed them', async () => {
	const {values, sessions} = open();
	await values.of(['a', 'b']);
	expect(sessions()).toBe(0);
});

test('what nobody reads any more is forgotten', async () => {
	const {values, loaded} = open();
	await values.of(['a', 'b']);
	values.keep(['b']);
	await values.of(['a', 'b']);
	expect(loaded).toEqual([['a', 'b'], ['a']]);
});
