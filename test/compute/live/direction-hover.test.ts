import path from 'node:path';
import {setImmediate as turn} from 'node:timers/promises';
import {describe, expect, onTestFinished, test} from 'vitest';
import type {Target} from '../../../source/autodiff/seed.js';
import {createExplainer} from '../../../source/compute/explainer.js';
import {findLowResolution} from '../../../source/compute/class-table/plan.js';
import {prepareInput} from '../../../source/compute/input/input.js';
import {createDirectionHover} from '../../../source/compute/live/direction-hover.js';
import {createBudget} from '../../../source/compute/live/budget.js';
import {loadModel} from '../../../source/compute/model/load-model.js';
import {makeImage} from './made-image.js';

const reference = path.resolve(
	import.meta.dirname,
	'../../../fixtures/reference',
);

/** A network that has seen an image, and the table of one of its layers. Of the U-Net every pixel is written by itself; of the other, pixels are mixed of fewer. */
const open = async ({
	budget = 2 ** 26,
	network = 'unet',
}: {budget?: number; network?: 'unet' | 'aspp'} = {}) => {
	const model = await loadModel(path.join(reference, network, 'model.onnx'), {
		runtime: 'onnxruntime',
		threads: 1,
	});
	onTestFinished(model.dispose);
	const {size, tensor} = await prepareInput(makeImage(64, 48), model);
	const {graph, logits, defaultLayer: layer} = model.network(size);
	const explainer = await createExplainer({
		graph,
		logits: logits.name,
		layers: [layer],
		runtime: model.runtime,
	});
	const evaluated = await explainer.forward(
		new Map([[model.format.name, tensor]]),
	);
	const threads = createBudget(1);
	let tell: (() => void) | undefined;
	const progress: number[] = [];
	const table = createDirectionHover(explainer, evaluated, layer, {
		low: findLowResolution(graph, logits.name),
		runtime: 'onnxruntime',
		budget: createBudget(budget),
		threads,
		onTable(done) {
			if (done === undefined) {
				tell?.();
			} else {
				progress.push(done);
			}
		},
	});
	onTestFinished(table.end);
	const build = async (method: string, target: Target): Promise<void> => {
		const ready = new Promise<void>((resolve) => {
			tell = resolve;
		});
		table.build({method, target});
		await ready;
	};

	/** How far the table's answer is from that of a walk, of the walk's maximum if it has any. */
	const distance = async (method: string, target: Target): Promise<number> => {
		const read = await table.explain({method, target});
		const walked = await evaluated.explain({method, target, layer});
		expect([read?.width, read?.height]).toEqual([walked.width, walked.height]);
		return (
			Math.max(
				...walked.map.map((value, cell) => Math.abs(value - read!.map[cell])),
			) / (walked.max || 1)
		);
	};

	const [height, width] = logits.shape.slice(2);
	return {table, build, distance, threads, width, height};
};

const at = (position: number, id = 0): Target => ({
	class: id,
	pixels: [{position}],
});

describe('the table of a decoder', () => {
	test.each(['grad-cam', 'xgrad-cam', 'hirescam'])(
		'answers every pixel as %s does',
		async (method) => {
			const {table, build, distance, width, height} = await open();
			expect(await table.explain({method, target: at(0)})).toBeUndefined();
			await build(method, at(0));
			for (const position of [0, width - 1, 377, width * height - 1]) {
				// eslint-disable-next-line no-await-in-loop
				expect(await distance(method, at(position, 1))).toBeLessThan(1e-5);
			}
		},
	);

	test('answers areas and differences of classes', async () => {
		const {build, distance, width} = await open();
		await build('grad-cam', at(5));
		const pixels = [5, 6, width + 5, width + 6].map((position) => ({position}));
		expect(await distance('grad-cam', {class: 2, pixels})).toBeLessThan(1e-5);
		expect(
			await distance('grad-cam', {class: 2, versus: 1, pixels}),
		).toBeLessThan(1e-5);
	});

	test('answers pixels that are mixed of fewer', async () => {
		const {build, distance, width} = await open({network: 'aspp'});
		await build('xgrad-cam', at(5));
		for (const position of [0, 5, 20 * width + 31]) {
			// eslint-disable-next-line no-await-in-loop
			expect(await distance('xgrad-cam', at(position, 2))).toBeLessThan(1e-5);
		}
	});

	test('is of one method, and gives way to that of another', async () => {
		const {table, build} = await open();
		await build('grad-cam', at(5));
		expect(
			await table.explain({method: 'hirescam', target: at(5)}),
		).toBeUndefined();
		await build('hirescam', at(5));
		expect(
			await table.explain({method: 'hirescam', target: at(5)}),
		).toBeDefined();
		expect(
			await table.explain({method: 'grad-cam', target: at(5)}),
		).toBeUndefined();
	});

	test('has what lies around the pixel where memory is short', async () => {
		const {table, build, distance, width, height} = await open({
			budget: 2 ** 12,
		});
		const middle = (height / 2) * width + width / 2;
		await build('grad-cam', at(middle));
		expect(await distance('grad-cam', at(middle + 1))).toBeLessThan(1e-5);
		expect(
			await table.explain({method: 'grad-cam', target: at(0)}),
		).toBeUndefined();
	});

	test('is not computed again for a question that it answers', async () => {
		const {table, build} = await open();
		await build('grad-cam', at(5));
		table.build({method: 'grad-cam', target: at(6)});
		// It would have been dropped by now.
		await turn();
		expect(
			await table.explain({method: 'grad-cam', target: at(6)}),
		).toBeDefined();
	});

	test('is given up for one that is wanted more', async () => {
		const {table, build, distance} = await open({budget: 2 ** 12});
		table.build({method: 'grad-cam', target: at(0)});
		table.build({method: 'hirescam', target: at(0)});
		await build('grad-cam', at(9));
		expect(await distance('grad-cam', at(9))).toBeLessThan(1e-5);
	});

	test('answers without its threads, and gets others for the next class', async () => {
		const {build, distance, threads} = await open({budget: 2 ** 12});
		await build('grad-cam', at(9));
		threads.take(1, () => undefined);
		expect(await distance('grad-cam', at(9))).toBeLessThan(1e-5);
		await build('grad-cam', at(0));
		expect(await distance('grad-cam', at(0))).toBeLessThan(1e-5);
	});

	test('is not begun any more once it has ended', async () => {
		const {table} = await open();
		table.build({method: 'grad-cam', target: at(0)});
		await table.end();
		table.build({method: 'grad-cam', target: at(0)});
		await table.end();
		expect(
			await table.explain({method: 'grad-cam', target: at(0)}),
		).toBeUndefined();
	});

	test('is not begun for a method that is not linear', async () => {
		const {table} = await open();
		table.build({method: 'layercam', target: at(0)});
		await table.end();
		expect(
			await table.explain({method: 'layercam', target: at(0)}),
		).toBeUndefined();
	});
});
