import {seeded} from '../painting/random.js';
import {layOut} from './layout/lay-out.js';
import {choosePlace} from './place.js';
import {renderScene, type Scene} from './render.js';

/** Paints the street of a seed. The same seed in another size shows the same street in more or less detail. Made for 3:2: a narrower picture is cut at its right, a wider one shows bare land there. */
export function generateScene({
	seed,
	width = 192,
	height = 128,
}: {
	seed: number;
	/** Pixels. */
	width?: number;
	/** Pixels. */
	height?: number;
}): Scene {
	const random = seeded(seed);
	const place = choosePlace(random);
	const things = layOut(random.fork(), place);
	return renderScene(random, {place, things, width, height});
}
