import {statSync} from 'node:fs';
import {describe, expect, it} from 'vitest';
import {signNames} from '../../models/signs/faces.js';
import {streetClasses} from '../../models/street/classes.js';

/** Where the optional onnxruntime-node can't be installed, the weights can't be measured. */
const canRun = await import('onnxruntime-node').then(
	() => true,
	() => false,
);

describe.skipIf(!canRun)('the committed weights (onnxruntime-node)', () => {
	it('tell the classes of fresh scenes apart', async () => {
		const {openNetwork} = await import('../../models/network.js');
		const {measureStreet} = await import('../../models/street/measure.js');
		const network = await openNetwork('street');
		const score = await measureStreet(network, {
			firstSeed: 2_000_000,
			count: 12,
		});
		expect(network.labels).toEqual(streetClasses.map(({name}) => name));
		// Below the gates of models:check: a dozen scenes may be hard ones.
		expect(score.meanIou).toBeGreaterThan(0.8);
		expect(score.pixelAccuracy).toBeGreaterThan(0.94);
	});

	it('recognise fresh signs', async () => {
		const {openNetwork} = await import('../../models/network.js');
		const {measureSigns} = await import('../../models/signs/measure.js');
		const network = await openNetwork('signs');
		const score = await measureSigns(network, {
			firstSeed: 2_000_000,
			count: 100,
		});
		expect(network.labels).toEqual(signNames);
		expect(score.accuracy).toBeGreaterThanOrEqual(0.97);
	});

	it('see no car where the wheels are missing', async () => {
		const {openNetwork, strongest} = await import('../../models/network.js');
		const {compareBodies} = await import('./street/compare-bodies.js');
		const network = await openNetwork('street');
		const {asCar, asShed} = await compareBodies(async (image) =>
			strongest(await network.run(image), image.width * image.height),
		);
		expect(asCar).toBeGreaterThan(0.8);
		expect(asShed).toBeGreaterThan(0.5);
	});
});

describe('the weights', () => {
	it('take at most 3 MB together', () => {
		const sizes = ['street', 'signs'].map(
			(folder) =>
				statSync(new URL(`../../models/${folder}/model.onnx`, import.meta.url))
					.size,
		);
		expect(sizes[0] + sizes[1]).toBeLessThanOrEqual(3_000_000);
	});
});
