import {mix, rgb, scale, vary, type Rgb} from '../../painting/color.js';
import {
	ellipse,
	limb,
	polygon,
	type Outline,
	type Point,
} from '../../painting/outline.js';
import {plain, round} from '../../painting/paints.js';
import {type Random} from '../../painting/random.js';
import {brightness, type Weather} from '../weather.js';
import {type Shape} from './thing.js';

const skins = [0xf0_c8_a4, 0xe0_ac_84, 0xc0_84_58, 0x8a_5a_3a, 0x5c_3a_26];
const hairs = [0x1e_18_14, 0x3c_28_18, 0x6e_4a_26, 0xb8_8c_4a, 0x8c_8c_8c];
const tops = [
	0xc8_2a_2e, 0x2c_5a_b8, 0xe8_e4_dc, 0x2a_2c_32, 0xe0_9a_28, 0x3c_7c_4a,
	0x7a_4a_8a, 0x6a_8c_a8, 0xd8_6a_8c, 0x8a_6a_4a,
];
const trousers = [0x26_30_4c, 0x1e_1e_22, 0x5a_50_44, 0x3c_50_70, 0x8a_80_70];
const shoes = [0x22_20_1e, 0x54_3a_28, 0xd8_d4_cc];

/** What someone wears, in the light of the place. */
type Clothes = {
	readonly light: number;
	readonly skin: Rgb;
	readonly hair: Rgb;
	readonly top: Rgb;
	readonly legs: Rgb;
	readonly shoe: Rgb;
	readonly bareArms: boolean;
};

/** How someone stands, for a height of 1. */
type Pose = {
	readonly fromSide: boolean;
	/** 1 to the right, −1 to the left. */
	readonly facing: number;
	/** Of a foot, from the middle. */
	readonly stride: number;
	/** Of a leg to the side, seen from ahead. */
	readonly spread: number;
	readonly shoulder: number;
	/** Above 1 for the broad. */
	readonly build: number;
};

/** Body parts of someone 1 high, from back to front. */
export function figure(random: Random, weather: Weather): Shape[] {
	const clothes = chooseClothes(random, weather);
	const pose = choosePose(random);
	const {fromSide, facing, build} = pose;
	const {light, skin, top, legs} = clothes;

	const towardsLight = [weather.sun[0] * weather.directness, 0.25] as const;
	const rounded = (color: Rgb, centre: Point, radius: Point) =>
		round(color, {
			centre,
			radius,
			light: towardsLight,
			amount: 0.03,
			size: 0.3,
		});

	const width = (fromSide ? 0.078 : 0.112) * build;
	const hasSkirt = random.chance(0.18);
	const head: Point = [fromSide ? 0.012 * facing : 0, 0.925];
	return [
		...arm(-1, 0.74, {pose, clothes}),
		...leg(-1, 0.78, {pose, clothes}),
		...leg(1, 1, {pose, clothes}),
		...(hasSkirt ? [flat(skirt(width), legs)] : []),
		flat(limb([0, 0.82], [head[0], 0.88], 0.032), scale(skin, 0.85)),
		{outline: torso(width), paint: rounded(top, [0, 0.65], [width, 0.25])},
		...(random.chance(0.25) && fromSide
			? [backpack(random, {facing, width, light})]
			: []),
		...arm(1, 0.94, {pose, clothes}),
		{
			outline: ellipse(head, [0.056, 0.07], 18),
			paint: rounded(skin, head, [0.06, 0.08]),
		},
		...hairdo(random, {
			head,
			hair: clothes.hair,
			facing: fromSide ? facing : 0,
		}),
	];
}

function chooseClothes(random: Random, weather: Weather): Clothes {
	const light = brightness(weather, [0, 0.3, -0.95]);
	const choose = (colors: readonly number[], spread: number) =>
		scale(vary(random, rgb(random.pick(colors)), spread), light);
	return {
		light,
		skin: choose(skins, 0.06),
		hair: choose(hairs, 0.1),
		top: choose(tops, 0.12),
		legs: choose(trousers, 0.12),
		shoe: scale(rgb(random.pick(shoes)), light),
		bareArms: random.chance(0.35),
	};
}

function choosePose(random: Random): Pose {
	const fromSide = random.chance(0.6);
	return {
		fromSide,
		facing: random.chance(0.5) ? 1 : -1,
		stride: fromSide ? random.between(0.02, 0.13) : 0.02,
		spread: fromSide ? 0 : random.between(0.035, 0.055),
		shoulder: fromSide ? 0.025 : 0.105,
		build: random.between(0.88, 1.2),
	};
}

const flat = (outline: Outline, color: Rgb): Shape => ({
	outline,
	paint: plain(color),
});

type Whose = {pose: Pose; clothes: Clothes};

/** The leg of one side (1 or −1), darker where it is behind. */
function leg(
	side: number,
	shade: number,
	{pose: {fromSide, facing, stride, spread, build}, clothes}: Whose,
): Shape[] {
	const {legs, shoe} = clothes;
	const ahead = fromSide ? 0.02 * facing : 0;
	const hip: Point = [side * spread * 0.9, 0.49];
	const knee: Point = [side * (stride * 0.45 + spread) * facing + ahead, 0.26];
	const foot: Point = [side * (stride + spread) * facing, 0.035];
	const toe: Point = [
		foot[0] + (fromSide ? 0.055 * facing : 0.012 * side),
		0.018,
	];
	return [
		flat(limb(hip, knee, 0.058 * build, 0.043), scale(legs, shade)),
		flat(limb(knee, foot, 0.042, 0.03), scale(legs, shade * 0.96)),
		flat(limb([foot[0], 0.022], toe, 0.026, 0.019), scale(shoe, shade)),
	];
}

/** The arm of one side, which swings against the leg. */
function arm(
	side: number,
	shade: number,
	{pose: {fromSide, facing, stride, shoulder, build}, clothes}: Whose,
): Shape[] {
	const {top, skin, bareArms} = clothes;
	const swing = fromSide ? -side * stride * facing : side * 0.03;
	const bend = fromSide ? 0.035 * facing : side * 0.005;
	const start: Point = [side * shoulder * build, 0.79];
	const elbow: Point = [start[0] + swing * 0.6, 0.635];
	const hand: Point = [start[0] + swing * 1.2 + bend, 0.485];
	const sleeve = scale(bareArms ? skin : top, shade);
	return [
		flat(limb(start, elbow, 0.036, 0.03), scale(top, shade)),
		flat(limb(elbow, hand, 0.028, 0.022), sleeve),
		flat(ellipse(hand, [0.024, 0.026], 10), scale(skin, shade)),
	];
}

/** Points of the right half, and the same mirrored. */
function symmetric(...right: readonly Point[]): Outline {
	const left = right.toReversed().map(([u, v]): Point => [-u, v]);
	return polygon(...right, ...left);
}

const torso = (width: number) =>
	symmetric(
		[width * 0.5, 0.835],
		[width * 0.92, 0.8],
		[width * 0.88, 0.66],
		[width * 0.98, 0.46],
	);

const skirt = (width: number) => symmetric([width, 0.52], [width * 1.5, 0.3]);

function backpack(
	random: Random,
	{facing, width, light}: {facing: number; width: number; light: number},
): Shape {
	const color = scale(vary(random, rgb(random.pick(tops)), 0.1), light * 0.9);
	return flat(
		ellipse([-facing * width * 1.15, 0.68], [0.055, 0.115], 14),
		color,
	);
}

/** Short or long hair, or a cap. */
function hairdo(
	random: Random,
	{head: [x, y], hair, facing}: {head: Point; hair: Rgb; facing: number},
): Shape[] {
	const crown = (lift: number) => {
		const outline: number[] = [];
		for (let step = 0; step <= 10; step++) {
			const angle = (Math.PI * step) / 10 - facing * 0.35;
			const v = y + 0.014 + 0.068 * Math.sin(angle);
			outline.push(x + 0.061 * Math.cos(angle), v + lift);
		}

		return outline;
	};

	const short = flat(crown(0), hair);
	if (random.chance(0.35)) {
		const behind: Point = [x - facing * 0.045, y - 0.035];
		return [flat(ellipse(behind, [0.042, 0.085], 14), hair), short];
	}

	if (random.chance(0.25)) {
		const color = mix(hair, rgb(random.pick(tops)), 0.85);
		const peak: Point = [x + 0.05 + facing * 0.035, y + 0.03];
		const brim = limb([x - 0.05, y + 0.03], peak, 0.014);
		return [short, flat(crown(0.008), color), flat(brim, color)];
	}

	return [short];
}
