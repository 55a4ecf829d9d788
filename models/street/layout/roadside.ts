import {type Random} from '../../painting/random.js';
import {halfWidthAt} from '../camera.js';
import {person} from '../objects/person.js';
import {puddle} from '../objects/puddle.js';
import {sign} from '../objects/sign.js';
import {type Thing} from '../objects/thing.js';
import {type Place} from '../place.js';
import {somewhere, type Plan} from './plan.js';

/** People anywhere, alone or in twos. */
export function placePeople(
	random: Random,
	{camera, weather}: Place,
	plan: Plan,
): Thing[] {
	const things: Thing[] = [];
	const wanted = random.pick([0, 1, 2, 3, 4, 5, 7]);
	for (let attempt = 0; attempt < 30 && things.length < wanted; attempt++) {
		const [x, z] = somewhere(random, camera, [5.5, 24]);
		if (plan.takeAround([x, z], 0.35)) {
			things.push(person(random.fork(), {x, z, weather}));
			if (random.chance(0.3)) {
				const beside = x + random.pick([-0.65, 0.65]);
				const own = random.fork();
				const abreast = z + random.between(-0.2, 0.2);
				things.push(person(own, {x: beside, z: abreast, weather}));
			}
		}
	}

	return things;
}

/** Traffic signs along the roads. */
export function placeSigns(
	random: Random,
	{camera, weather, roads}: Place,
	plan: Plan,
): Thing[] {
	const things: Thing[] = [];
	const wanted = random.integer(0, 4);
	for (let attempt = 0; attempt < 30 && things.length < wanted; attempt++) {
		const road = random.pick(roads);
		const side = random.pick([-1, 1]);
		const across = side * (road.half + random.between(0.5, 1.3));
		const along = road.leadsAway
			? random.between(6, 24)
			: random.between(-1, 1) * halfWidthAt(camera, 12);
		const [x, z] = road.pointAt(across, along);
		const isOnRoad = roads.some(
			({acrossAt, half}) => Math.abs(acrossAt(x, z)) < half,
		);
		const isSeen = z > 5 && Math.abs(x) < 0.95 * halfWidthAt(camera, z);
		if (!isOnRoad && isSeen && plan.takeAround([x, z], 0.3)) {
			things.push(sign(random.fork(), {x, z, weather}));
		}
	}

	return things;
}

/** After rain, puddles on one road. */
export function placePuddles(
	random: Random,
	{camera, weather, roads}: Place,
): Thing[] {
	if (!random.chance(0.5)) {
		return [];
	}

	const road = random.pick(roads);
	return Array.from({length: random.integer(1, 3)}, () => {
		const along = road.leadsAway
			? random.between(5, 15)
			: random.between(-0.8, 0.8) * halfWidthAt(camera, 12);
		const across = random.between(-0.55, 0.55) * road.half;
		const [x, z] = road.pointAt(across, along);
		return puddle(random, {x, z, weather});
	});
}
