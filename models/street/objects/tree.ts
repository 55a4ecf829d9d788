import {mix, rgb, scale, vary, type Rgb} from '../../painting/color.js';
import {
	blob,
	ellipse,
	limb,
	polygon,
	type Point,
} from '../../painting/outline.js';
import {rough, round} from '../../painting/paints.js';
import {type Random} from '../../painting/random.js';
import {label} from '../classes.js';
import {brightness, type Weather} from '../weather.js';
import {standUp, type Shape, type Thing} from './thing.js';

type Kind = (random: Random, colors: Colors) => Shape[];

type Colors = {
	leaf: Rgb;
	bark: Rgb;
	/** Where the light comes from, as the viewer sees it. */
	light: readonly [number, number];
};

/** A crown of leaf clumps, dark ones behind, those in the light in front. */
function clumps(
	random: Random,
	{
		centre,
		radius,
		count,
		colors,
	}: {centre: Point; radius: Point; count: number; colors: Colors},
): Shape[] {
	const shapes: Shape[] = [];
	for (let index = 0; index < count; index++) {
		const front = index / (count - 1);
		// Clumps start at the rim and end within, so that the rim is uneven and the middle full.
		const distance = (0.78 - 0.42 * front) * Math.sqrt(random.between(0.25, 1));
		const angle = random.between(0, 2 * Math.PI);
		const u = distance * Math.cos(angle);
		const v = distance * Math.sin(angle);
		const size = random.between(0.34, 0.52) * (1 - 0.3 * front);
		const facing = u * colors.light[0] + v * colors.light[1];
		const shade =
			0.66 + 0.3 * front + 0.3 * facing + random.between(-0.05, 0.05);
		const at: Point = [centre[0] + u * radius[0], centre[1] + v * radius[1]];
		const reach: Point = [size * radius[0], size * radius[1]];
		shapes.push({
			outline: blob(random, at, reach, {corners: 17, wobble: 0.16}),
			paint: round(scale(colors.leaf, shade), {
				centre: at,
				radius: reach,
				light: colors.light,
				amount: 0.13,
				size: 2.6,
				contrast: 0.26,
			}),
		});
	}

	return shapes;
}

const trunk = (
	{bark, light}: Colors,
	{height, radius}: {height: number; radius: number},
): Shape => ({
	outline: polygon(
		[-radius * 1.7, 0],
		[-radius, height * 0.12],
		[-radius * 0.72, height],
		[radius * 0.72, height],
		[radius, height * 0.12],
		[radius * 1.7, 0],
	),
	paint: round(bark, {
		centre: [0, height / 2],
		radius: [radius, height * 4],
		light,
		amount: 0.16,
		size: 1.2,
		contrast: 0.4,
	}),
});

const broadleaf: Kind = (random, colors) => {
	const height = random.between(5, 10);
	const radius: Point = [
		height * random.between(0.3, 0.42),
		height * random.between(0.3, 0.36),
	];
	const centre: Point = [random.between(-0.3, 0.3), height - radius[1] * 1.05];
	const girth = height * random.between(0.022, 0.034);
	const base = colors.bark;
	const branch = (u: number, v: number): Shape => ({
		outline: limb([0, height * 0.3], [u, v], girth * 0.6, girth * 0.25),
		paint: rough(scale(base, 0.85), {amount: 0.12, size: 1}),
	});
	return [
		trunk(colors, {height: centre[1], radius: girth}),
		branch(-radius[0] * 0.5, centre[1]),
		branch(radius[0] * 0.45, centre[1] + 0.3),
		...clumps(random, {centre, radius, count: 22, colors}),
	];
};

const slender: Kind = (random, colors) => {
	const height = random.between(8, 13);
	const radius: Point = [height * random.between(0.1, 0.14), height * 0.42];
	return [
		trunk(colors, {height: height * 0.3, radius: 0.17}),
		...clumps(random, {centre: [0, height * 0.56], radius, count: 24, colors}),
	];
};

const conifer: Kind = (random, colors) => {
	const height = random.between(6, 12);
	const width = height * random.between(0.2, 0.27);
	const tiers = 7;
	const leaf = mix(colors.leaf, rgb(0x1e_4a_38), 0.65);
	const shapes: Shape[] = [trunk(colors, {height: height * 0.2, radius: 0.16})];
	for (let tier = 0; tier < tiers; tier++) {
		const low = height * (0.1 + (0.78 * tier) / tiers);
		const high = Math.min(height, low + height * 0.3);
		const reach = width * (1 - tier / (tiers + 0.6));
		const outline: number[] = [0, high];
		const points = 9;
		for (let index = 0; index <= points; index++) {
			const t = 1 - (2 * index) / points;
			const droop = Math.abs(t) * height * 0.02;
			const jag = index % 2 === 0 ? -0.035 : 0.035;
			outline.push(
				t * reach * random.between(0.9, 1.1),
				low - droop + jag * height * 0.35,
			);
		}

		shapes.push({
			outline,
			paint: round(scale(leaf, 0.82 + (0.28 * tier) / tiers), {
				centre: [0, (low + high) / 2],
				radius: [reach, (high - low) / 1.4],
				light: colors.light,
				amount: 0.16,
				size: 2,
				contrast: 0.3,
			}),
		});
	}

	return shapes;
};

const bush: Kind = (random, colors) => {
	const radius: Point = [random.between(0.7, 1.6), random.between(0.5, 1)];
	return clumps(random, {
		centre: [0, radius[1] * 0.8],
		radius,
		count: 11,
		colors,
	});
};

const kinds: readonly Kind[] = [
	broadleaf,
	broadleaf,
	broadleaf,
	slender,
	conifer,
	conifer,
	bush,
];

const leaves = [0x4c_84_32, 0x5e_92_38, 0x3e_76_34, 0x6a_94_42, 0x48_7c_44];
const autumn = [0xc0_7a_2a, 0xb8_92_34, 0xa4_50_28];

/** What grows in a place: one stock of kinds and colours a scene. */
export function chooseWood(
	random: Random,
): (random: Random) => {kind: Kind; leaf: Rgb} {
	const isAutumn = random.chance(0.2);
	const main = random.pick(leaves);
	const chooseLeaf = (choose: Random) => {
		if (isAutumn && choose.chance(0.6)) {
			return choose.pick(autumn);
		}

		return choose.chance(0.6) ? main : choose.pick(leaves);
	};

	return (choose) => ({
		kind: choose.pick(kinds),
		leaf: vary(choose, rgb(chooseLeaf(choose)), 0.12),
	});
}

export type Wood = ReturnType<typeof chooseWood>;

export function tree(
	random: Random,
	{x, z, weather, wood}: {x: number; z: number; weather: Weather; wood: Wood},
): Thing {
	const {kind, leaf} = wood(random);
	const light = brightness(weather, [0, 0.5, -0.85]);
	const shapes = kind(random, {
		leaf: scale(leaf, light),
		bark: scale(vary(random, rgb(0x6a_52_3c), 0.15), light),
		light: [weather.sun[0] * weather.directness * 1.3, 0.75],
	});
	return {
		x,
		z,
		parts: standUp(shapes, {x, z, label: label.tree}),
		footprint: ellipse([x, z], [0.7, 0.4], 12),
	};
}
