import {expect, test} from 'vitest';
import {tensorOf} from '../../source/graph/tensor.js';
import {selectRuntime} from '../../source/runtimes/select.js';
import {buildGraph, node} from '../graph/build.js';
import {installedNames} from './installed.js';

const padded = buildGraph({
	inputs: {image: [1, 1, 4, 4]},
	nodes: [
		node('Pad', ['image', 'pads'], 'padded'),
		node('MaxPool', ['padded'], 'greatest', {
			kernel_shape: [3, 3],
			strides: [2, 2],
		}),
	],
	constants: {pads: tensorOf('int64', [0, 0, 1, 1, 0, 0, 1, 1])},
});

test.each(await installedNames())(
	'zeros around negative numbers are the greatest, on %s',
	async (name) => {
		const {runtime} = await selectRuntime(name, {threads: 1});
		const session = await runtime.load(padded, ['greatest']);
		const answers = await session.run(
			new Map([['image', new Float32Array(16).fill(-1)]]),
			['greatest'],
		);
		await runtime.dispose();
		expect([...answers.get('greatest')!]).toEqual([0, 0, 0, -1]);
	},
);
