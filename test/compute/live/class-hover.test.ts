import {expect, onTestFinished, test} from 'vitest';
import {
	classTableSize,
	findLowResolution,
} from '../../../source/compute/class-table/plan.js';
import {createExplainer} from '../../../source/compute/explainer.js';
import {prepareInput} from '../../../source/compute/input/input.js';
import {createClassHover} from '../../../source/compute/live/class-hover.js';
import {createBudget} from '../../../source/compute/live/budget.js';
import {loadModel} from '../../../source/compute/model/load-model.js';
import {makeImage, model} from './made-image.js';

/** A network that has seen an image, and the class tables of its layer in a budget of one of them. */
const open = async () => {
	const loaded = await loadModel(model, {runtime: 'onnxruntime', threads: 1});
	onTestFinished(loaded.dispose);
	const {size, tensor} = await prepareInput(makeImage(), loaded);
	const {graph, logits, defaultLayer: layer} = loaded.network(size);
	const explainer = await createExplainer({
		graph,
		logits: logits.name,
		layers: [layer],
		runtime: loaded.runtime,
	});
	onTestFinished(explainer.dispose);
	const evaluated = await explainer.forward(
		new Map([[loaded.format.name, tensor]]),
	);
	const low = findLowResolution(graph, logits.name)!;
	const numbers = classTableSize(graph, low.logits, layer);
	const budget = createBudget(numbers);
	const threads = createBudget(1);
	const table = createClassHover(explainer, evaluated, layer, {
		numbers,
		budget,
		threads,
	});
	onTestFinished(table.end);

	const ask = (id: number) => ({
		method: 'grad-cam',
		target: {class: id, pixels: [{position: 77}]},
	});

	/** Waits for the table of a class, and compares it with a walk. */
	const check = async (id: number): Promise<void> => {
		table.build(ask(id));
		await expect
			.poll(async () => table.explain(ask(id)), {timeout: 10_000})
			.toBeDefined();
		const read = await table.explain(ask(id));
		const walked = await evaluated.explain({...ask(id), layer});
		for (const [cell, value] of walked.map.entries()) {
			expect(Math.abs(read!.map[cell] - value)).toBeLessThan(1e-5 * walked.max);
		}
	};

	return {table, ask, check, numbers, budget, threads};
};

test('a table takes a map for each pixel that is mixed', async () => {
	const {numbers} = await open();
	expect(numbers).toBe(6 * 8 * 6 * 8);
});

test('the table of one class makes way for that of the next', async () => {
	const {table, ask, check} = await open();
	await check(1);
	await check(2);
	expect(await table.explain(ask(1))).toBeUndefined();
});

test('a table answers without its threads, and gets others for the next class', async () => {
	const {check, threads} = await open();
	await check(1);
	threads.take(1, () => undefined);
	await check(1);
	await check(2);
});

test('a table leaves when others need the budget, also while it is filled, and comes back', async () => {
	const {table, ask, check, numbers, budget} = await open();
	await check(1);
	budget.take(numbers, () => undefined);
	expect(await table.explain(ask(1))).toBeUndefined();
	table.build(ask(2));
	await Promise.resolve();
	budget.take(numbers, () => undefined);
	await check(2);
});
