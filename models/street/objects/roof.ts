import {mix, rgb, scale, vary, type Rgb} from '../../painting/color.js';
import {polygon, rectangle} from '../../painting/outline.js';
import {plain, rough, upwards} from '../../painting/paints.js';
import {type Random} from '../../painting/random.js';
import {brightness, type Weather} from '../weather.js';
import {type Assembly} from './assembly.js';
import {type Plot} from './building.js';
import {type Shape} from './thing.js';

/** Puts a roof on the walls of a house. */
export type Roof = (
	random: Random,
	site: {
		readonly house: Assembly;
		readonly plot: Plot;
		/** Of the walls. */
		readonly height: number;
		readonly wall: Rgb;
		/** The x of the side wall that can be seen, if one can. */
		readonly visible: number | undefined;
		readonly weather: Weather;
	},
) => void;

const tileColors = [0xa0_4a_34, 0x8a_44_36, 0x5c_4e_4a, 0x4c_52_5c, 0xb0_64_40];

/** A slope from 0 (the eaves) to 1 (the ridge) of tiles in rows, lighter towards the ridge. */
function slope(
	random: Random,
	{
		from,
		to,
		light,
		rise,
		height,
	}: {from: number; to: number; light: number; rise: number; height: number},
): Shape {
	const color = vary(random, rgb(random.pick(tileColors)), 0.12);
	const base = rough(scale(color, light), {amount: 0.09, size: 3});
	return {
		outline: polygon([from, 0], [to, 0], [to, 1], [from, 1]),
		paint(u, v, ink) {
			base(u, v, ink);
			const up = (v - height) / rise;
			const isJoint = up * 9 - Math.floor(up * 9) < 0.22;
			const shade = 0.94 + 0.1 * up - (isJoint ? 0.07 : 0);
			ink[0] *= shade;
			ink[1] *= shade;
			ink[2] *= shade;
		},
	};
}

/** The ridge runs from left to right: the viewer sees the slope. */
export const gableAlong: Roof = (
	random,
	{plot: {left, width, near, depth}, height, weather, wall, house, visible},
) => {
	const rise = random.between(2, 3.4);
	const eaves = 0.45;
	const ridge = near + depth / 2;
	if (visible !== undefined) {
		const facing = visible === left ? -1 : 1;
		const color = scale(wall, brightness(weather, [facing, 0, 0]));
		const gable = {
			outline: polygon(
				[near, height],
				[near + depth, height],
				[ridge, height + rise],
			),
			paint: rough(color, {amount: 0.04, size: 3}),
		};
		house.add([gable], (u, v) => [visible, v, u]);
	}

	const x = left + width * random.between(0.15, 0.85);
	const stack = chimney(random, {x, top: height + rise, weather});
	house.add(stack, (u, v) => [u, v, ridge]);

	const light = brightness(weather, [0, 0.8, -0.6]);
	const from = left - eaves;
	const to = left + width + eaves;
	house.add([slope(random, {from, to, light, rise, height})], (u, t) => [
		u,
		height - 0.2 + t * (rise + 0.2),
		near - 0.4 + t * (depth / 2 + 0.4),
	]);
};

/** The ridge runs away from the viewer, who sees the gable. */
export const gableAcross: Roof = (
	random,
	{plot: {left, width, near, depth}, height, weather, wall, house, visible},
) => {
	const rise = width * random.between(0.28, 0.42);
	const right = left + width;
	const middle = left + width / 2;
	if (visible !== undefined) {
		const side = visible === left ? -1 : 1;
		const light = brightness(weather, [side * 0.6, 0.8, 0]);
		const from = near - 0.4;
		const to = near + depth;
		house.add([slope(random, {from, to, light, rise, height})], (z, t) => [
			visible + side * 0.4 * (1 - t) + (middle - visible) * t,
			height - 0.2 + t * (rise + 0.2),
			z,
		]);
	}

	const light = brightness(weather, [0, 0, -1]);
	const sill = height + rise * 0.18;
	const top = height + rise;
	const gable: Shape[] = [
		{
			outline: polygon(
				[left - 0.4, height - 0.25],
				[middle, top + 0.2],
				[right + 0.4, height - 0.25],
				[middle, top - 0.35],
			),
			paint: plain(scale(mix(wall, [0.25, 0.2, 0.18], 0.7), light)),
		},
		{
			outline: polygon(
				[left, height - 0.05],
				[middle, top - 0.3],
				[right, height - 0.05],
			),
			paint: rough(scale(wall, light), {amount: 0.04, size: 3}),
		},
		{
			outline: rectangle([middle - 0.55, sill], [1.1, 1.1]),
			paint: plain(scale([0.93, 0.92, 0.88], light)),
		},
		{
			outline: rectangle([middle - 0.43, sill + 0.12], [0.86, 0.86]),
			paint: plain(scale([0.2, 0.25, 0.3], light)),
		},
	];
	house.add(gable, (u, v) => [u, v, near - 0.05]);
};

/** A cornice, and a room for machines on top of some. */
export const flatRoof: Roof = (
	random,
	{plot: {left, width, near, depth}, height, weather, wall, house, visible},
) => {
	const light = brightness(weather, [0, 0, -1]);
	const isLight = random.chance(0.5);
	const color = mix(wall, isLight ? [1, 1, 1] : [0.25, 0.25, 0.27], 0.4);
	if (random.chance(0.5)) {
		const x = left + width * random.between(0.2, 0.7);
		const size = [random.between(1.5, 3), random.between(1.2, 2.4)] as const;
		const room = {
			outline: rectangle([x, height - 0.2], size),
			paint: upwards(scale(color, light * 0.7), scale(color, light * 0.85), {
				bottom: height,
				top: height + 2,
			}),
		};
		house.add([room], (u, v) => [u, v, near + depth * 0.4]);
	}

	if (visible !== undefined) {
		const side = visible === left ? -1 : 1;
		const cornice = {
			outline: rectangle([near - 0.25, height - 0.35], [depth + 0.25, 0.55]),
			paint: plain(scale(color, brightness(weather, [side, 0, 0]))),
		};
		house.add([cornice], (z, v) => [visible + side * 0.25, v, z]);
	}

	const cornice = {
		outline: rectangle([left - 0.25, height - 0.35], [width + 0.5, 0.55]),
		paint: plain(scale(color, light)),
	};
	house.add([cornice], (u, v) => [u, v, near - 0.25]);
};

function chimney(
	random: Random,
	{x, top, weather}: {x: number; top: number; weather: Weather},
): Shape[] {
	const light = brightness(weather, [0, 0, -1]);
	const brick = scale(vary(random, rgb(0x94_58_48), 0.1), light);
	return [
		{
			outline: rectangle([x - 0.35, top - 1], [0.7, 1.9]),
			paint: rough(brick, {amount: 0.1, size: 0.8}),
		},
		{
			outline: rectangle([x - 0.43, top + 0.75], [0.86, 0.22]),
			paint: plain(scale(brick, 0.75)),
		},
	];
}
