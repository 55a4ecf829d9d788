import {describe, expect, it} from 'vitest';
import {seeded} from '../../../models/painting/random.js';
import {label} from '../../../models/street/classes.js';
import {building} from '../../../models/street/objects/building.js';
import {car, carShed} from '../../../models/street/objects/car.js';
import {puddle} from '../../../models/street/objects/puddle.js';
import {sign} from '../../../models/street/objects/sign.js';
import {type Thing} from '../../../models/street/objects/thing.js';
import {chooseWeather, reflection} from '../../../models/street/weather.js';

const weather = chooseWeather(seeded(1));
const stand = {x: 0, z: 10, heading: 0.2, weather};

const labelsOf = ({parts}: Thing) => [
	...new Set(parts.map((part) => part.label)),
];

describe('what a network needs context for', () => {
	it('is a car with wheels, and the same body without them a building', () => {
		const withWheels = car(seeded(4), stand);
		const without = carShed(seeded(4), stand);
		expect(labelsOf(withWheels)).toEqual([label.car]);
		expect(labelsOf(without)).toEqual([label.building]);
		expect(withWheels.parts.length).toBeGreaterThan(without.parts.length);
	});

	it('is a sign on a pole, and a plate on a wall a building', () => {
		const plot = {left: 3, width: 10, near: 20, depth: 8};
		const houses = Array.from({length: 20}, (_, seed) =>
			building(seeded(seed), {plot, weather, tall: false}),
		);
		expect(labelsOf(sign(seeded(2), stand))).toEqual([label.sign]);
		expect(new Set(houses.flatMap((house) => labelsOf(house)))).toEqual(
			new Set([label.building]),
		);
	});

	it('is road where a puddle has the colour of the sky', () => {
		const {parts} = puddle(seeded(3), stand);
		expect(labelsOf({...stand, parts})).toEqual([label.road]);
		const ink = new Float32Array(3);
		parts.at(-1)!.paint(0, 1, ink);
		expect([...ink]).toEqual([...Float32Array.from(reflection(weather))]);
	});
});
