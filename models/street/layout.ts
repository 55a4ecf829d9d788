import {mix, rgb, scale} from '../painting/color.js';
import {blob} from '../painting/outline.js';
import {plain, upwards} from '../painting/paints.js';
import {type Random} from '../painting/random.js';
import {building} from './building.js';
import {car, carShed} from './car.js';
import {halfWidthAt, type Camera} from './camera.js';
import {label} from './classes.js';
import {background} from './distance.js';
import {type Ground} from './ground.js';
import {person} from './person.js';
import {type Road} from './road.js';
import {sign} from './sign.js';
import {layDown, type Thing} from './thing.js';
import {chooseWood, tree} from './tree.js';
import {tuft} from './tuft.js';
import {reflection, type Weather} from './weather.js';

/** What a scene's things are told about the place. */
export type Place = {
	readonly camera: Camera;
	readonly weather: Weather;
	readonly roads: readonly Road[];
	readonly ground: Ground;
};

/** Decides what stands where; the far things come first. */
export function layOut(random: Random, place: Place): Thing[] {
	const plan = new Plan(place);
	const things = [
		...background(random.fork(), place),
		...puddles(random.fork(), place),
		...buildings(random.fork(), place, plan),
		...cars(random.fork(), place, plan),
		...people(random.fork(), place, plan),
		...signs(random.fork(), place, plan),
		...trees(random.fork(), place, plan),
		...tufts(random.fork(), place, plan),
	];
	return things.sort((a, b) => (b.distance ?? b.z) - (a.distance ?? a.z));
}

type Area = {left: number; right: number; near: number; far: number};

/** What is taken already, seen from above. */
class Plan {
	private readonly taken: Area[] = [];

	constructor(private readonly place: Place) {}

	claim(area: Area): void {
		this.taken.push(area);
	}

	isFree({left, right, near, far}: Area): boolean {
		return this.taken.every(
			other =>
				left > other.right ||
				right < other.left ||
				near > other.far ||
				far < other.near,
		);
	}

	/** True and taken from now on, where nothing was. */
	take([x, z]: readonly [number, number], radius: number): boolean {
		const area = {left: x - radius, right: x + radius, near: z - radius * 0.7, far: z + radius * 0.7};
		if (!this.isFree(area)) {
			return false;
		}

		this.claim(area);
		return true;
	}

	/** Metres to the nearest paved edge; below 0 on a road or its pavement. */
	beyondRoads(x: number, z: number): number {
		return Math.min(
			...this.place.roads.map(
				road => Math.abs(road.locate(x, z)[0]) - road.half - road.pavement,
			),
		);
	}
}

/** A point of the ground that the picture shows, nearer ones more often. */
function somewhere(random: Random, camera: Camera, [near, far]: readonly [number, number]): readonly [number, number] {
	const z = near + (far - near) * random.between(0, 1) ** 1.4;
	return [random.between(-0.95, 0.95) * halfWidthAt(camera, z), z];
}

function buildings(random: Random, {camera, weather, roads}: Place, plan: Plan): Thing[] {
	const things: Thing[] = [];
	const wanted = random.pick([0, 2, 4, 6, 8, 10]);
	const tall = random.between(0, 0.8);
	for (let attempt = 0; attempt < 60 && things.length < wanted; attempt++) {
		const width = random.between(7, 15);
		const depth = random.between(7, 11);
		const near = random.between(17, 75);
		const left = random.between(-1, 1) * halfWidthAt(camera, near) - width / 2;
		const plot = {left, width, near, depth};
		const corners = [
			[left, near], [left + width, near], [left, near + depth], [left + width, near + depth],
			[left + width / 2, near], [left + width / 2, near + depth], [left, near + depth / 2], [left + width, near + depth / 2],
		] as const;
		const clear = corners.every(([x, z]) => plan.beyondRoads(x, z) > 1.2) &&
			roads.every(road => !road.leadsAway || road.locate(left, near)[0] > 0 === road.locate(left + width, near)[0] > 0);
		// What is beside a house, on its far side, would have to be hidden by it: nothing else is put there.
		const area: Area = {
			left: left > 0 ? left - 0.5 : left < -width ? -Infinity : left - 0.5,
			right: left > 0 ? Infinity : left < -width ? left + width + 0.5 : left + width + 0.5,
			near: near - 0.6,
			far: near + depth,
		};
		if (clear && plan.isFree(area)) {
			plan.claim(area);
			things.push(building(random.fork(), {plot, weather, tall: random.chance(tall)}));
		}
	}

	return things;
}

function cars(random: Random, {camera, weather, roads}: Place, plan: Plan): Thing[] {
	const things: Thing[] = [];
	const wanted = random.integer(1, 6);
	const sheds = random.chance(0.42) ? random.integer(1, 2) : 0;
	for (let attempt = 0; attempt < 40 && things.length < wanted; attempt++) {
		const road = random.pick(roads);
		const side = random.pick([-1, 1]);
		const parked = random.chance(0.3);
		const across = side * (parked ? road.half - 0.95 : road.half * 0.5);
		const along = road.leadsAway ? random.between(6.5, 36) : random.between(-1, 1) * halfWidthAt(camera, 13);
		const [x, z] = road.pointAt(across, along);
		// Traffic keeps to the right.
		const heading = road.headingAt(along) + (road.leadsAway === side > 0 ? 0 : Math.PI);
		if (z > 5.5 && Math.abs(x) < halfWidthAt(camera, z) * 1.05 && plan.take([x, z], 2.3)) {
			things.push(car(random.fork(), {x, z, heading: heading + random.normal(0, 0.03), weather}));
		}
	}

	const offRoad = random.chance(0.35) ? random.integer(1, 2) : 0;
	for (let index = 0; index < offRoad + sheds; index++) {
		const isShed = index >= offRoad;
		for (let attempt = 0; attempt < 8; attempt++) {
			const [x, z] = somewhere(random, camera, [8, isShed ? 24 : 28]);
			const turn = random.between(-0.55, 0.55);
			const heading = (isShed || random.chance(0.6) ? turn : random.between(0, Math.PI)) + (random.chance(0.5) ? Math.PI : 0);
			const meadow = plan.beyondRoads(x, z) > 1.6;
			if ((meadow || (isShed && random.chance(0.4))) && plan.take([x, z], 2.3)) {
				const build = isShed ? carShed : car;
				things.push(build(random.fork(), {x, z, heading, weather}));
				break;
			}
		}
	}

	return things;
}

function people(random: Random, {camera, weather}: Place, plan: Plan): Thing[] {
	const things: Thing[] = [];
	const wanted = random.pick([0, 1, 2, 3, 4, 5, 7]);
	for (let attempt = 0; attempt < 30 && things.length < wanted; attempt++) {
		const [x, z] = somewhere(random, camera, [5.5, 24]);
		if (plan.take([x, z], 0.35)) {
			things.push(person(random.fork(), {x, z, weather}));
			if (random.chance(0.3)) {
				const beside = x + random.pick([-0.65, 0.65]);
				things.push(person(random.fork(), {x: beside, z: z + random.between(-0.2, 0.2), weather}));
			}
		}
	}

	return things;
}

function signs(random: Random, {camera, weather, roads}: Place, plan: Plan): Thing[] {
	const things: Thing[] = [];
	const wanted = random.integer(0, 4);
	for (let attempt = 0; attempt < 30 && things.length < wanted; attempt++) {
		const road = random.pick(roads);
		const across = random.pick([-1, 1]) * (road.half + random.between(0.5, 1.3));
		const along = road.leadsAway ? random.between(6, 24) : random.between(-1, 1) * halfWidthAt(camera, 12);
		const [x, z] = road.pointAt(across, along);
		const onRoad = roads.some(other => Math.abs(other.locate(x, z)[0]) < other.half);
		if (!onRoad && z > 5 && Math.abs(x) < 0.95 * halfWidthAt(camera, z) && plan.take([x, z], 0.3)) {
			things.push(sign(random.fork(), {x, z, weather}));
		}
	}

	return things;
}

function trees(random: Random, {camera, weather, roads}: Place, plan: Plan): Thing[] {
	const wood = chooseWood(random);
	const things: Thing[] = [];
	const plant = (x: number, z: number) => {
		if (z > 7 && plan.beyondRoads(x, z) > 0.9 && plan.take([x, z], 0.9)) {
			things.push(tree(random.fork(), {x, z, weather, wood}));
		}
	};

	const wanted = random.integer(1, 10);
	for (let attempt = 0; attempt < wanted * 2 && things.length < wanted; attempt++) {
		plant(...somewhere(random, camera, [9, 70]));
	}

	const avenue = roads.find(road => road.leadsAway);
	if (avenue && random.chance(0.3)) {
		const spacing = random.between(7, 12);
		for (let along = 12; along < 60; along += spacing) {
			for (const side of [-1, 1]) {
				plant(...avenue.pointAt(side * (avenue.half + avenue.pavement + 1.4), along));
			}
		}
	}

	return things;
}

function tufts(random: Random, {camera, weather, ground}: Place, plan: Plan): Thing[] {
	const things: Thing[] = [];
	const flowers = random.chance(0.4);
	for (let count = random.integer(20, 60); count > 0; count--) {
		const [x, z] = somewhere(random, camera, [3.5, 16]);
		if (plan.beyondRoads(x, z) > 0.2) {
			things.push(tuft(random, {x, z, weather, meadow: ground.meadow, flowers}));
		}
	}

	return things;
}

function puddles(random: Random, {camera, weather, roads}: Place): Thing[] {
	if (!random.chance(0.5)) {
		return [];
	}

	const road = random.pick(roads);
	const sky = reflection(weather);
	const things: Thing[] = [];
	for (let count = random.integer(1, 3); count > 0; count--) {
		const along = road.leadsAway ? random.between(5, 15) : random.between(-0.8, 0.8) * halfWidthAt(camera, 12);
		const [x, z] = road.pointAt(random.between(-0.55, 0.55) * road.half, along);
		const reach = random.between(0.5, 1.3);
		const wide = [reach, reach * random.between(0.5, 0.9)] as const;
		const water = blob(random, [0, 0], wide, {corners: 22, wobble: 0.1});
		const rim = water.map(value => value * 1.13);
		things.push({
			x,
			z,
			// Under everything that stands.
			distance: 300 - things.length,
			parts: layDown(
				[
					{outline: rim, paint: plain(scale(rgb(0x3c_3c_40), 0.9))},
					{outline: water, paint: upwards(mix(sky, weather.zenith, 0.35), sky, {bottom: -0.4, top: 0.4})},
				],
				{x, z, label: label.road},
			),
		});
	}

	return things;
}
