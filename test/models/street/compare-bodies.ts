import {seeded} from '../../../models/painting/random.js';
import {type Image} from '../../../source/raster/image.js';
import {label} from '../../../models/street/classes.js';
import {car, carShed} from '../../../models/street/objects/car.js';
import {choosePlace} from '../../../models/street/place.js';
import {renderScene} from '../../../models/street/render.js';

/** Shows a network a body with wheels and the same one without, in the same places: which share of their pixels it takes for what they are. */
export async function compareBodies(
	classify: (image: Image) => Promise<Uint8Array>,
): Promise<{asCar: number; asShed: number}> {
	const measure = async (build: typeof car, truth: number) => {
		let all = 0;
		let right = 0;
		for (let seed = 1; seed <= 12; seed++) {
			const random = seeded(seed);
			const place = choosePlace(random);
			const thing = build(random.fork(), {
				x: ((seed % 5) - 2) * 1.2,
				z: 11 + (seed % 4),
				heading: 0.3 * ((seed % 3) - 1),
				weather: place.weather,
			});
			const size = {width: 192, height: 128};
			const scene = renderScene(random, {place, things: [thing], ...size});
			// eslint-disable-next-line no-await-in-loop -- one scene after the other
			const answer = await classify(scene.image);
			for (const [index, each] of scene.segmentation.labels.entries()) {
				if (each === truth) {
					all++;
					right += answer[index] === truth ? 1 : 0;
				}
			}
		}

		return right / all;
	};

	return {
		asCar: await measure(car, label.car),
		asShed: await measure(carShed, label.building),
	};
}
