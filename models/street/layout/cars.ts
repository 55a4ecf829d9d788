import {type Random} from '../../painting/random.js';
import {halfWidthAt} from '../camera.js';
import {car, carShed} from '../objects/car.js';
import {type Thing} from '../objects/thing.js';
import {type Place} from '../place.js';
import {somewhere, type Plan} from './plan.js';

/** How much room a car takes around its middle, metres. */
const room = 2.3;

/** Cars in their lanes and at the kerb; some on the grass, and some bodies without wheels. */
export function placeCars(random: Random, place: Place, plan: Plan): Thing[] {
	const wanted = random.integer(1, 6);
	const sheds = random.chance(0.42) ? random.integer(1, 2) : 0;
	const traffic = placeTraffic(random, place, {plan, wanted});
	const strays = random.chance(0.35) ? random.integer(1, 2) : 0;
	const things = [...traffic];
	for (let index = 0; index < strays + sheds; index++) {
		const thing = placeAside(random, place, {plan, isShed: index >= strays});
		if (thing) {
			things.push(thing);
		}
	}

	return things;
}

function placeTraffic(
	random: Random,
	{camera, weather, roads}: Place,
	{plan, wanted}: {plan: Plan; wanted: number},
): Thing[] {
	const things: Thing[] = [];
	for (let attempt = 0; attempt < 40 && things.length < wanted; attempt++) {
		const road = random.pick(roads);
		const side = random.pick([-1, 1]);
		const isParked = random.chance(0.3);
		const across = side * (isParked ? road.half - 0.95 : road.half * 0.5);
		const along = road.leadsAway
			? random.between(6.5, 36)
			: random.between(-1, 1) * halfWidthAt(camera, 13);
		const [x, z] = road.pointAt(across, along);
		// Traffic keeps to the right.
		const turned = road.leadsAway === side > 0 ? 0 : Math.PI;
		const isSeen = z > 5.5 && Math.abs(x) < halfWidthAt(camera, z) * 1.05;
		if (isSeen && plan.takeAround([x, z], room)) {
			const own = random.fork();
			const heading = road.headingAt(along) + turned + random.normal(0, 0.03);
			things.push(car(own, {x, z, heading, weather}));
		}
	}

	return things;
}

/** A car on the grass, or a shed, there or now and then in the way. */
function placeAside(
	random: Random,
	{camera, weather}: Place,
	{plan, isShed}: {plan: Plan; isShed: boolean},
): Thing | undefined {
	for (let attempt = 0; attempt < 8; attempt++) {
		const [x, z] = somewhere(random, camera, [8, isShed ? 24 : 28]);
		const aslant = random.between(-0.55, 0.55);
		// A shed shows its side: from ahead, nobody could tell that it has no wheels.
		const turn =
			isShed || random.chance(0.6) ? aslant : random.between(0, Math.PI);
		const heading = turn + (random.chance(0.5) ? Math.PI : 0);
		const isOnGrass = plan.beyondRoads(x, z) > 1.6;
		const mayStand = isOnGrass || (isShed && random.chance(0.4));
		if (mayStand && plan.takeAround([x, z], room)) {
			const build = isShed ? carShed : car;
			return build(random.fork(), {x, z, heading, weather});
		}
	}

	return undefined;
}
