import {strongest, type Network} from '../network.js';
import {signNames} from './faces.js';
import {generateSign} from './scene.js';

/** How many signs a network recognises, 0–1. */
export type SignScore = {
	readonly accuracy: number;
	/** Of each class. */
	readonly accuracies: ReadonlyMap<string, number>;
};

/** Shows a network `count` signs from a seed on. */
export async function measureSigns(
	network: Network,
	{firstSeed, count}: {firstSeed: number; count: number},
): Promise<SignScore> {
	const shown = signNames.map(() => 0);
	const right = signNames.map(() => 0);
	for (let seed = firstSeed; seed < firstSeed + count; seed++) {
		const {image, label} = generateSign({seed});
		// eslint-disable-next-line no-await-in-loop -- one sign after the other
		const [answer] = strongest(await network.run(image), 1);
		shown[label]++;
		right[label] += answer === label ? 1 : 0;
	}

	const total = right.reduce((sum, value) => sum + value, 0);
	return {
		accuracy: total / count,
		accuracies: new Map(
			signNames.map((name, label) => [name, right[label] / shown[label]]),
		),
	};
}
