import {strongest, type Network} from '../network.js';
import {streetClasses} from './classes.js';
import {generateScene} from './scene.js';

/** How well a network tells the classes of scenes apart, 0–1. */
export type StreetScore = {
	/** Intersection over union of each class. */
	readonly ious: ReadonlyMap<string, number>;
	readonly meanIou: number;
	readonly pixelAccuracy: number;
};

/** Compares a network with the truth on `count` scenes from a seed on. */
export async function measureStreet(
	network: Network,
	{firstSeed, count}: {firstSeed: number; count: number},
): Promise<StreetScore> {
	const hits = streetClasses.map(() => 0);
	const unions = streetClasses.map(() => 0);
	let pixels = 0;
	for (let seed = firstSeed; seed < firstSeed + count; seed++) {
		const {image, segmentation} = generateScene({seed});
		const {labels} = segmentation;
		// eslint-disable-next-line no-await-in-loop -- one scene after the other
		const predicted = strongest(await network.run(image), labels.length);
		for (const [index, truth] of labels.entries()) {
			if (predicted[index] === truth) {
				hits[truth]++;
				unions[truth]++;
			} else {
				unions[truth]++;
				unions[predicted[index]]++;
			}
		}

		pixels += labels.length;
	}

	const ious = streetClasses.map(
		({id, name}) => [name, hits[id] / Math.max(1, unions[id])] as const,
	);
	const sum = (values: readonly number[]) =>
		values.reduce((total, value) => total + value, 0);
	return {
		ious: new Map(ious),
		meanIou: sum(ious.map(([, iou]) => iou)) / ious.length,
		pixelAccuracy: sum(hits) / pixels,
	};
}
