import {describe, expect, test} from 'vitest';
import {guessByNodes} from '../../../source/compute/input/guess-by-nodes.js';
import type {ModelFile} from '../../../source/formats/model-file.js';
import type {Node} from '../../../source/graph/graph.js';
import {tensorOf} from '../../../source/graph/tensor.js';

type Step = Pick<Node, 'opType'> & Partial<Pick<Node, 'attributes'>>;

/** A network that takes its input through these steps, each with the number `c` beside it, and then convolves it. */
const networkOf = (steps: readonly Step[], number: number): ModelFile => ({
	name: 'network',
	opset: 17,
	inputs: [],
	outputs: [],
	nodes: [...steps, {opType: 'Conv2D'}].map(
		({opType, attributes = {}}, index) => ({
			name: `step ${index}`,
			opType,
			inputs: [`${index}`, 'c'],
			outputs: [`${index + 1}`],
			attributes,
		}),
	),
	constants: new Map([['c', tensorOf('float32', [number], [])]]),
	notes: [],
});

const rescaling = (scale: number, offset: number): Step => ({
	opType: 'Rescaling',
	attributes: {scale, offset},
});

describe('the first nodes of a network', () => {
	test.each<[string, readonly Step[], string | undefined, number?]>([
		['a Rescaling of colours', [rescaling(1 / 255, 0)], 'raw'],
		[
			'a Rescaling behind a Resizing, and a flip for training',
			[{opType: 'Resizing'}, {opType: 'RandomFlip'}, rescaling(1 / 127.5, -1)],
			'raw',
		],
		['a Rescaling of what is from 0 to 1', [rescaling(2, -1)], 'unit'],
		[
			'a Normalization by mean colours',
			[
				{
					opType: 'Normalization',
					attributes: {mean: [123, 117, 104], variance: [3000, 3000, 3000]},
				},
			],
			'raw',
		],
		[
			'a Normalization by means below 1',
			[
				{
					opType: 'Normalization',
					attributes: {mean: [0.5, 0.4, 0.4], variance: [0.1, 0.1, 0.1]},
				},
			],
			'unit',
		],
		['a division in a graph-model', [{opType: 'RealDiv'}], 'raw', 127.5],
		[
			'a function that Keras 2 keeps as a layer',
			[{opType: 'TFOpLambda', attributes: {function: 'math.truediv'}}],
			'raw',
			127.5,
		],
		['a function of Keras 3', [{opType: 'Subtract'}], 'raw', 100],
		['nothing of the kind', [{opType: 'Resizing'}], undefined],
	])('tell what it takes by %s', (_, steps, preset, number = 0) => {
		expect(guessByNodes(networkOf(steps, number), '0')?.preset).toBe(preset);
	});

	test('tell it by a Normalization that has learned its colours', () => {
		const network = networkOf([{opType: 'Normalization'}], 0);
		const constants = new Map([
			['step 0/mean', tensorOf('float32', [123, 117, 104])],
			['step 0/variance', tensorOf('float32', [3000, 3000, 3000])],
		]);
		expect(guessByNodes({...network, constants}, '0')?.preset).toBe('raw');
	});
});
