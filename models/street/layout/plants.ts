import {type Random} from '../../painting/random.js';
import {type Thing} from '../objects/thing.js';
import {chooseWood, tree} from '../objects/tree.js';
import {tuft} from '../objects/tuft.js';
import {type Place} from '../place.js';
import {somewhere, type Plan} from './plan.js';

/** Trees here and there, and now and then an avenue of them. */
export function placeTrees(
	random: Random,
	{camera, weather, roads}: Place,
	plan: Plan,
): Thing[] {
	const wood = chooseWood(random);
	const things: Thing[] = [];
	const plant = (x: number, z: number) => {
		const isClear = z > 7 && plan.beyondRoads(x, z) > 0.9;
		if (isClear && plan.takeAround([x, z], 0.9)) {
			things.push(tree(random.fork(), {x, z, weather, wood}));
		}
	};

	const wanted = random.integer(1, 10);
	for (
		let attempt = 0;
		attempt < wanted * 2 && things.length < wanted;
		attempt++
	) {
		plant(...somewhere(random, camera, [9, 70]));
	}

	const avenue = roads.find((road) => road.leadsAway);
	if (avenue && random.chance(0.3)) {
		const across = avenue.half + avenue.pavement + 1.4;
		const spacing = random.between(7, 12);
		for (let along = 12; along < 60; along += spacing) {
			plant(...avenue.pointAt(-across, along));
			plant(...avenue.pointAt(across, along));
		}
	}

	return things;
}

/** Long grass and flowers near the viewer. */
export function placeTufts(
	random: Random,
	{camera, weather, ground}: Place,
	plan: Plan,
): Thing[] {
	const things: Thing[] = [];
	const flowers = random.chance(0.4);
	for (let count = random.integer(20, 60); count > 0; count--) {
		const [x, z] = somewhere(random, camera, [3.5, 16]);
		if (plan.beyondRoads(x, z) > 0.2) {
			const {meadow} = ground;
			things.push(tuft(random, {x, z, weather, meadow, flowers}));
		}
	}

	return things;
}
