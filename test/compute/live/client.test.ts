import {setTimeout as sleep} from 'node:timers/promises';
import {afterEach, describe, expect, test} from 'vitest';
import {
	type LiveClient,
	openLive,
} from '../../../source/compute/live/client.js';
import type {
	Blame,
	LiveNetwork,
	LivePrediction,
	LiveQuestion,
} from '../../../source/compute/live/protocol.js';
import {makeImage, model} from './made-image.js';

type Seen = {network: LiveNetwork; prediction: LivePrediction};

let client: LiveClient | undefined;

afterEach(() => {
	client?.close();
	client = undefined;
});

const open = (file = model) => {
	const phases: string[] = [];
	const settled = new Promise<Seen | {message: string; blame: Blame}>(
		(resolve) => {
			client = openLive(
				{model: file, load: {}},
				{
					onTable: () => undefined,
					onPhase(label) {
						phases.push(label);
					},
					onSeen(network, prediction) {
						resolve({network, prediction});
					},
					onFailure(message, blame) {
						resolve({message, blame});
					},
				},
			);
		},
	);
	return {phases, settled, client: client!};
};

const questionAt = (
	{network}: Seen,
	cell: number,
	layer = network.layer,
): LiveQuestion => ({
	class: 0,
	cells: Uint32Array.of(cell),
	layer,
	method: 'hirescam',
});

const {signal} = new AbortController();

const seeImage = async (): Promise<Seen & {client: LiveClient}> => {
	const opened = open();
	opened.client.see(makeImage());
	const seen = await opened.settled;
	if (!('network' in seen)) {
		throw new Error(seen.message);
	}

	return {...seen, client: opened.client};
};

describe('a network in a thread of its own', () => {
	test('says what it is busy with, then what it saw', async () => {
		const {phases, settled, client: opened} = open();
		opened.see(makeImage());
		expect(await settled).toHaveProperty('network.name', 'aspp');
		expect(phases).toEqual(['opening the network', 'running the network']);
	});

	test('answers questions, each with its own heatmap', async () => {
		const seen = await seeImage();
		const [one, other] = await Promise.all([
			seen.client.explain(questionAt(seen, 100), {signal}),
			seen.client.explain(questionAt(seen, 2000), {signal}),
		]);
		expect(one.weights.length).toBeGreaterThan(0);
		expect([...one.indices]).not.toEqual([...other.indices]);
	});

	test('drops a waiting question that nobody wants any longer', async () => {
		const seen = await seeImage();
		const controller = new AbortController();
		const first = seen.client.explain(questionAt(seen, 1), {signal});
		const dropped = seen.client.explain(questionAt(seen, 2), controller);
		const last = seen.client.explain(questionAt(seen, 3), {signal});
		controller.abort();
		await expect(dropped).rejects.toThrow('Nobody waits');
		expect(await first).toHaveProperty('weights');
		expect(await last).toHaveProperty('weights');
	});

	test('ends a method of many passes between two of them, once nobody waits', async () => {
		const seen = await seeImage();
		const ask = {...questionAt(seen, 1), method: 'smoothgrad'};
		// The way to the input is prepared once.
		await seen.client.explain({...ask, method: 'saliency'}, {signal});
		const controller = new AbortController();
		const dropped = seen.client.explain(ask, controller);
		const refused = expect(dropped).rejects.toThrow('Nobody waits');
		controller.abort();
		expect(
			await seen.client.explain(questionAt(seen, 3), {signal}),
		).toHaveProperty('weights');
		await refused;
	});

	test('refuses a question that cannot be answered, and goes on', async () => {
		const seen = await seeImage();
		await expect(
			seen.client.explain(questionAt(seen, 1_000_000), {signal}),
		).rejects.toThrow('outside the logits');
		expect(
			await seen.client.explain(questionAt(seen, 1), {signal}),
		).toHaveProperty('weights');
	});

	test('says in a line why a model cannot be used', async () => {
		const {settled, client: opened} = open('/nowhere/model.onnx');
		opened.see(makeImage());
		const failure = await settled;
		expect(failure).toHaveProperty('blame', 'usage');
		expect('message' in failure && failure.message).toContain(
			'/nowhere/model.onnx',
		);
	});

	test('forgets what was asked when it is closed', async () => {
		const seen = await seeImage();
		const asked = seen.client.explain(questionAt(seen, 1), {signal});
		seen.client.close();
		await expect(asked).rejects.toThrow('closed');
		await sleep(1);
	});
});
