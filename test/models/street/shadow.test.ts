import {describe, expect, it} from 'vitest';
import {seeded} from '../../../models/painting/random.js';
import {label} from '../../../models/street/classes.js';
import {sign} from '../../../models/street/objects/sign.js';
import {choosePlace, type Place} from '../../../models/street/place.js';
import {renderScene} from '../../../models/street/render.js';
import {type Thing} from '../../../models/street/objects/thing.js';

const width = 192;
const height = 128;

/** Places of 60 seeds where the sun shines well from one side. */
const sunny = Array.from({length: 60}, (_, seed) => seed).filter((seed) => {
	const {sun, directness, lens} = choosePlace(seeded(seed)).weather;
	return directness > 0.7 && Math.abs(sun[0]) > 0.35 && lens.blur < 0.003;
});

/** How far to the right of a pole in the middle the ground is darker than without it, in pixels, on average. */
function shadowOffset(seed: number): number {
	const paint = (things: (place: Place) => Thing[]) => {
		const random = seeded(seed);
		const place = choosePlace(random);
		return renderScene(random, {place, things: things(place), width, height});
	};

	const bare = paint(() => []);
	const standing = paint(({weather}) => [
		sign(seeded(1), {x: 0, z: 15, weather}),
	]);
	let sum = 0;
	let count = 0;
	for (const [index, each] of standing.segmentation.labels.entries()) {
		const darker =
			bare.image.data[index * 3] - standing.image.data[index * 3] > 15;
		if (darker && each !== label.sign) {
			sum += (index % width) - width / 2;
			count++;
		}
	}

	return count === 0 ? 0 : sum / count;
}

describe('shadows', () => {
	it.each(sunny.slice(0, 6))('fall away from the sun (seed %i)', (seed) => {
		const {sun} = choosePlace(seeded(seed)).weather;
		expect(Math.sign(shadowOffset(seed))).toBe(-Math.sign(sun[0]));
	});
});
