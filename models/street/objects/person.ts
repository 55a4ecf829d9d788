import {mix, rgb, scale, vary, type Rgb} from '../../painting/color.js';
import {
	ellipse,
	limb,
	type Outline,
	type Point,
} from '../../painting/outline.js';
import {plain, round} from '../../painting/paints.js';
import {type Random} from '../../painting/random.js';
import {label} from '../classes.js';
import {brightness, type Weather} from '../weather.js';
import {standUp, type Shape, type Thing} from './thing.js';

const skins = [0xf0_c8_a4, 0xe0_ac_84, 0xc0_84_58, 0x8a_5a_3a, 0x5c_3a_26];
const hairs = [0x1e_18_14, 0x3c_28_18, 0x6e_4a_26, 0xb8_8c_4a, 0x8c_8c_8c];
const tops = [
	0xc8_2a_2e, 0x2c_5a_b8, 0xe8_e4_dc, 0x2a_2c_32, 0xe0_9a_28, 0x3c_7c_4a,
	0x7a_4a_8a, 0x6a_8c_a8, 0xd8_6a_8c, 0x8a_6a_4a,
];
const trousers = [0x26_30_4c, 0x1e_1e_22, 0x5a_50_44, 0x3c_50_70, 0x8a_80_70];

/** Someone who walks or stands, seen from the side or from ahead. */
export function person(
	random: Random,
	{x, z, weather}: {x: number; z: number; weather: Weather},
): Thing {
	const height = random.chance(0.15)
		? random.between(1.1, 1.4)
		: random.between(1.58, 1.92);
	const shapes = figure(random, weather).map(({outline, paint}) => ({
		outline: outline.map((value) => value * height),
		paint: scaled(paint, height),
	}));
	return {
		x,
		z,
		parts: standUp(shapes, {x, z, label: label.person}),
		footprint: ellipse([x, z], [height * 0.2, height * 0.13], 12),
	};
}

/** Body parts of someone 1 unit high, from back to front. */
function figure(random: Random, weather: Weather): Shape[] {
	const light = brightness(weather, [0, 0.3, -0.95]);
	const skin = scale(vary(random, rgb(random.pick(skins)), 0.06), light);
	const hair = scale(vary(random, rgb(random.pick(hairs)), 0.1), light);
	const top = scale(vary(random, rgb(random.pick(tops)), 0.12), light);
	const legs = scale(vary(random, rgb(random.pick(trousers)), 0.12), light);
	const shoe = scale(
		rgb(random.pick([0x22_20_1e, 0x54_3a_28, 0xd8_d4_cc])),
		light,
	);
	const bare = random.chance(0.35);

	const fromSide = random.chance(0.6);
	const facing = random.chance(0.5) ? 1 : -1;
	const stride = fromSide ? random.between(0.02, 0.13) : 0.02;
	const spread = fromSide ? 0 : random.between(0.035, 0.055);
	const shoulder = fromSide ? 0.025 : 0.105;
	const build = random.between(0.88, 1.2);

	const towardsLight = [weather.sun[0] * weather.directness, 0.25] as const;
	const cloth = (color: Rgb, centre: Point, radius: Point) =>
		round(color, {
			centre,
			radius,
			light: towardsLight,
			amount: 0.03,
			size: 0.3,
		});
	const shape = (outline: Outline, color: Rgb): Shape => ({
		outline,
		paint: plain(color),
	});

	const leg = (side: number, shade: number): Shape[] => {
		const foot: Point = [side * (stride + spread) * facing, 0.035];
		const knee: Point = [
			side * (stride * 0.45 + spread) * facing + (fromSide ? 0.02 * facing : 0),
			0.26,
		];
		const hip: Point = [side * spread * 0.9, 0.49];
		const toe: Point = [
			foot[0] + (fromSide ? 0.055 * facing : 0.012 * side),
			0.018,
		];
		return [
			shape(limb(hip, knee, 0.058 * build, 0.043), scale(legs, shade)),
			shape(limb(knee, foot, 0.042, 0.03), scale(legs, shade * 0.96)),
			shape(limb([foot[0], 0.022], toe, 0.026, 0.019), scale(shoe, shade)),
		];
	};

	const arm = (side: number, shade: number): Shape[] => {
		const start: Point = [side * shoulder * build, 0.79];
		const swing = fromSide ? -side * stride * facing : side * 0.03;
		const elbow: Point = [start[0] + swing * 0.6, 0.635];
		const hand: Point = [
			start[0] + swing * 1.2 + (fromSide ? 0.035 * facing : side * 0.005),
			0.485,
		];
		return [
			shape(limb(start, elbow, 0.036, 0.03), scale(top, shade)),
			shape(limb(elbow, hand, 0.028, 0.022), scale(bare ? skin : top, shade)),
			shape(ellipse(hand, [0.024, 0.026], 10), scale(skin, shade)),
		];
	};

	const width = (fromSide ? 0.078 : 0.112) * build;
	const torso: Outline = [
		-width * 0.92,
		0.8,
		-width * 0.5,
		0.835,
		width * 0.5,
		0.835,
		width * 0.92,
		0.8,
		width * 0.88,
		0.66,
		width * 0.98,
		0.46,
		-width * 0.98,
		0.46,
		-width * 0.88,
		0.66,
	];
	const skirt = random.chance(0.18);
	const head: Point = [fromSide ? 0.012 * facing : 0, 0.925];
	const back = -1;
	return [
		...arm(back, 0.74),
		...leg(back, 0.78),
		...leg(1, 1),
		...(skirt
			? [
					shape(
						[-width, 0.52, width, 0.52, width * 1.5, 0.3, -width * 1.5, 0.3],
						legs,
					),
				]
			: []),
		shape(limb([0, 0.82], [head[0], 0.88], 0.032), scale(skin, 0.85)),
		{outline: torso, paint: cloth(top, [0, 0.65], [width, 0.25])},
		...(random.chance(0.25) && fromSide
			? [backpack(random, {facing, width, light})]
			: []),
		...arm(1, 0.94),
		{
			outline: ellipse(head, [0.056, 0.07], 18),
			paint: cloth(skin, head, [0.06, 0.08]),
		},
		...hairdo(random, {head, hair, facing: fromSide ? facing : 0}),
	];
}

function backpack(
	random: Random,
	{facing, width, light}: {facing: number; width: number; light: number},
): Shape {
	const color = scale(vary(random, rgb(random.pick(tops)), 0.1), light * 0.9);
	return {
		outline: ellipse([-facing * width * 1.15, 0.68], [0.055, 0.115], 14),
		paint: plain(color),
	};
}

function hairdo(
	random: Random,
	{head: [x, y], hair, facing}: {head: Point; hair: Rgb; facing: number},
): Shape[] {
	const paint = plain(hair);
	const cap: number[] = [];
	for (let step = 0; step <= 10; step++) {
		const angle = (Math.PI * step) / 10 - facing * 0.35;
		cap.push(x + 0.061 * Math.cos(angle), y + 0.014 + 0.068 * Math.sin(angle));
	}

	const shapes: Shape[] = [{outline: cap, paint}];
	if (random.chance(0.35)) {
		const behind = x - facing * 0.045;
		shapes.unshift({
			outline: ellipse([behind, y - 0.035], [0.042, 0.085], 14),
			paint,
		});
	} else if (random.chance(0.25)) {
		const hat = plain(mix(hair, rgb(random.pick(tops)), 0.85));
		const brim = limb(
			[x - 0.05, y + 0.03],
			[x + 0.05 + facing * 0.035, y + 0.03],
			0.014,
		);
		shapes.push(
			{
				outline: cap.map((value, index) => (index % 2 ? value + 0.008 : value)),
				paint: hat,
			},
			{outline: brim, paint: hat},
		);
	}

	return shapes;
}

/** The same paint on something `factor` times as large. */
function scaled(paint: Shape['paint'], factor: number): Shape['paint'] {
	return (u, v, ink) => {
		paint(u / factor, v / factor, ink);
	};
}
