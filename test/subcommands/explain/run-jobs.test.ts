import {availableParallelism} from 'node:os';
import process from 'node:process';
import {afterEach, describe, expect, test, vi} from 'vitest';
import type {Network} from '../../../source/compute/model/network.js';
import {workerCount} from '../../../source/subcommands/explain/run-jobs.js';
import {buildGraph, node, randomTensor} from '../../graph/build.js';

afterEach(() => {
	vi.restoreAllMocks();
});

const graph = buildGraph({
	inputs: {image: [1, 3, 64, 64]},
	constants: {weights: randomTensor([32, 3, 1, 1], 1)},
	nodes: [node('Conv', ['image', 'weights'], 'logits')],
});

const network: Network = {
	graph,
	logits: graph.values.get('logits')!,
	layers: [],
	defaultLayer: 'image',
};

/** Of the largest value, the activations. */
const megabytes = (4 * 32 * 64 * 64) / 2 ** 20;

const processor = {hasGpu: false};

describe('the number of workers', () => {
	test('is that of the cores, or of the images, where memory suffices', () => {
		vi.spyOn(process, 'availableMemory').mockReturnValue(2 ** 40);
		expect(workerCount(network, 1000, processor)).toBe(availableParallelism());
		expect(workerCount(network, 1, processor)).toBe(1);
	});

	test('is less where what they compute would not fit, however small the file is, but never none', () => {
		const available = vi.spyOn(process, 'availableMemory');
		available.mockReturnValue(15 * megabytes * 2 ** 20);
		expect(workerCount(network, 1000, processor)).toBe(1);
		available.mockReturnValue(1);
		expect(workerCount(network, 1000, processor)).toBe(1);
	});

	test('is one where they would wait for the same GPU', () => {
		vi.spyOn(process, 'availableMemory').mockReturnValue(2 ** 40);
		expect(workerCount(network, 1000, {hasGpu: true})).toBe(1);
	});
});
