import {mix, rgb, scale, vary, type Rgb} from '../../painting/color.js';
import {rectangle, type Outline} from '../../painting/outline.js';
import {plain, rough, upwards} from '../../painting/paints.js';
import {type Random} from '../../painting/random.js';
import {label} from '../classes.js';
import {brightness, type Weather} from '../weather.js';
import {facade, type FacadeStyle} from './facade.js';
import {plate} from './sign.js';
import {place, type Part, type Shape, type Thing} from './thing.js';

/** The ground it stands on, and where it looks, in metres. */
export type Plot = {
	readonly left: number;
	readonly width: number;
	/** Its front's distance. */
	readonly near: number;
	readonly depth: number;
};

const walls = [
	0xe6_d8_bc, 0xd8_b8_8c, 0xc8_7c_5a, 0xa8_5a_48, 0xe8_e4_da, 0xb8_c0_c4,
	0xd0_a0_78, 0x9c_a8_98, 0xe0_c0_78, 0x8c_8a_90, 0xc8_a8_a0, 0x7c_8c_a0,
];
const tiles = [0xa0_4a_34, 0x8a_44_36, 0x5c_4e_4a, 0x4c_52_5c, 0xb0_64_40];

/** A house of two floors with a roof, or a block of many. */
export function building(
	random: Random,
	{plot, weather, tall}: {plot: Plot; weather: Weather; tall: boolean},
): Thing {
	const floors = tall ? random.integer(4, 9) : random.integer(1, 3);
	const floorHeight = random.between(2.9, 3.3);
	const height = floors * floorHeight + 0.6;
	const wall = vary(random, rgb(random.pick(walls)), 0.08);
	const style: FacadeStyle = {
		wall,
		trim: mix(wall, random.chance(0.7) ? [1, 1, 1] : [0.2, 0.2, 0.22], 0.6),
		floors,
		floorHeight,
		bay: random.between(2.3, 3.2),
		window: [random.between(0.9, 1.6), random.between(1.3, 1.8)],
		balconies: tall && random.chance(0.35),
		shop: random.chance(tall ? 0.5 : 0.15),
		lamps: weather.lamps,
	};
	const {left, width, near, depth} = plot;
	const right = left + width;
	// Only the side that looks at the middle can be seen.
	const visible = left > 0 ? left : right < 0 ? right : undefined;

	const parts: Part[] = [];
	const raise = (
		shapes: readonly Shape[],
		to: (u: number, v: number) => readonly [number, number, number],
	) => {
		for (const {outline, ...shape} of shapes) {
			parts.push({
				...shape,
				label: label.building,
				corners: place(outline, to),
			});
		}
	};

	if (visible !== undefined) {
		const facing = visible === left ? -1 : 1;
		const light = brightness(weather, [facing, 0, 0]);
		raise(
			facade(random.fork(), {
				...style,
				shop: false,
				width: depth,
				height,
				light,
				blank: random.chance(0.3),
			}),
			(u, v) => [visible, v, near + depth / 2 + u],
		);
	}

	const light = brightness(weather, [0, 0, -1]);
	const front = [
		...facade(random.fork(), {...style, width, height, light, blank: false}),
	];
	if (random.chance(0.28)) {
		// A plate on a wall is a building: only a pole makes it a sign.
		const at = [
			random.between(-0.32, 0.32) * width,
			random.between(2.3, 4.2),
		] as const;
		front.push(
			...plate(random, {at, radius: random.between(0.5, 0.85), weather}),
		);
	}

	const middle = left + width / 2;
	raise(front, (u, v) => [middle + u, v, near]);

	const roofs = tall ? [flatRoof] : [gableAlong, gableAcross, flatRoof];
	const roof = random.pick(roofs);
	roof(random, {plot, height, weather, wall, raise, visible});

	return {
		x: middle,
		z: near,
		distance: near + depth + Math.abs(middle) * 0.01,
		parts: [...solid(plot, height), ...parts],
		footprint: [
			left - 0.3,
			near - 0.5,
			right + 0.3,
			near - 0.5,
			right + 0.3,
			near + depth,
			left - 0.3,
			near + depth,
		],
	};
}

/** The far walls: nobody sees them, but they throw the shadow. */
function solid({left, width, near, depth}: Plot, height: number): Part[] {
	const right = left + width;
	const far = near + depth;
	const hidden = {
		paint: plain([0.3, 0.3, 0.3]),
		label: label.building,
		castsShadow: true,
	};
	return [
		{
			...hidden,
			corners: [
				left,
				0,
				far,
				right,
				0,
				far,
				right,
				height,
				far,
				left,
				height,
				far,
			],
		},
		{
			...hidden,
			corners: [
				left,
				0,
				near,
				left,
				0,
				far,
				left,
				height,
				far,
				left,
				height,
				near,
			],
		},
		{
			...hidden,
			corners: [
				right,
				0,
				near,
				right,
				0,
				far,
				right,
				height,
				far,
				right,
				height,
				near,
			],
		},
		{
			...hidden,
			corners: [
				left,
				0,
				near,
				right,
				0,
				near,
				right,
				height,
				near,
				left,
				height,
				near,
			],
		},
	];
}

type Roof = (
	random: Random,
	site: {
		plot: Plot;
		height: number;
		weather: Weather;
		wall: Rgb;
		raise: (
			shapes: readonly Shape[],
			to: (u: number, v: number) => readonly [number, number, number],
		) => void;
		/** The x of the side wall that can be seen. */
		visible: number | undefined;
	},
) => void;

/** Tiles in rows, a little darker towards the eaves. */
const tiled = (
	random: Random,
	light: number,
	rise: number,
	height: number,
): Shape['paint'] => {
	const color = scale(vary(random, rgb(random.pick(tiles)), 0.12), light);
	const base = rough(color, {amount: 0.09, size: 3});
	return (u, v, ink) => {
		base(u, v, ink);
		const row = (v - height) / rise;
		const light =
			0.94 + 0.1 * row - (row * 9 - Math.floor(row * 9) < 0.22 ? 0.07 : 0);
		ink[0] *= light;
		ink[1] *= light;
		ink[2] *= light;
	};
};

/** The ridge runs from left to right: the viewer sees the slope. */
const gableAlong: Roof = (
	random,
	{plot, height, weather, wall, raise, visible},
) => {
	const {left, width, near, depth} = plot;
	const rise = random.between(2, 3.4);
	const eaves = 0.45;
	const ridge = near + depth / 2;
	if (visible !== undefined) {
		const gable = scale(
			wall,
			brightness(weather, [visible === left ? -1 : 1, 0, 0]),
		);
		raise(
			[
				{
					outline: [near, height, near + depth, height, ridge, height + rise],
					paint: rough(gable, {amount: 0.04, size: 3}),
				},
			],
			(u, v) => [visible, v, u],
		);
	}

	chimney(random, {
		x: left + width * random.between(0.15, 0.85),
		z: ridge,
		top: height + rise,
		weather,
		raise,
	});
	const light = brightness(weather, [0, 0.8, -0.6]);
	const slope: Outline = [
		left - eaves,
		0,
		left + width + eaves,
		0,
		left + width + eaves,
		1,
		left - eaves,
		1,
	];
	raise(
		[{outline: slope, paint: tiled(random, light, rise, height)}],
		(u, t) => [
			u,
			height - 0.2 + t * (rise + 0.2),
			near - 0.4 + t * (depth / 2 + 0.4),
		],
	);
};

/** The ridge runs away from the viewer, who sees the gable. */
const gableAcross: Roof = (
	random,
	{plot, height, weather, wall, raise, visible},
) => {
	const {left, width, near, depth} = plot;
	const rise = width * random.between(0.28, 0.42);
	const middle = left + width / 2;
	if (visible !== undefined) {
		const side = visible === left ? -1 : 1;
		const light = brightness(weather, [side * 0.6, 0.8, 0]);
		const slope: Outline = [
			near - 0.4,
			0,
			near + depth,
			0,
			near + depth,
			1,
			near - 0.4,
			1,
		];
		raise(
			[{outline: slope, paint: tiled(random, light, rise, height)}],
			(z, t) => [
				visible + side * 0.4 * (1 - t) + (middle - visible) * t,
				height - 0.2 + t * (rise + 0.2),
				z,
			],
		);
	}

	const light = brightness(weather, [0, 0, -1]);
	const frame = scale(mix(wall, [0.25, 0.2, 0.18], 0.7), light);
	const attic: Shape[] = [
		{
			outline: [
				left - 0.4,
				height - 0.25,
				middle,
				height + rise + 0.2,
				left + width + 0.4,
				height - 0.25,
				middle,
				height + rise - 0.35,
			],
			paint: plain(frame),
		},
		{
			outline: [
				left,
				height - 0.05,
				middle,
				height + rise - 0.3,
				left + width,
				height - 0.05,
			],
			paint: rough(scale(wall, light), {amount: 0.04, size: 3}),
		},
		{
			outline: rectangle([middle - 0.55, height + rise * 0.18], [1.1, 1.1]),
			paint: plain(scale([0.93, 0.92, 0.88], light)),
		},
		{
			outline: rectangle(
				[middle - 0.43, height + rise * 0.18 + 0.12],
				[0.86, 0.86],
			),
			paint: plain(scale([0.2, 0.25, 0.3], light)),
		},
	];
	raise(attic, (u, v) => [u, v, near - 0.05]);
};

/** A cornice, and machines on top of some. */
const flatRoof: Roof = (
	random,
	{plot, height, weather, wall, raise, visible},
) => {
	const {left, width, near, depth} = plot;
	const light = brightness(weather, [0, 0, -1]);
	const color = mix(
		wall,
		random.chance(0.5) ? [1, 1, 1] : [0.25, 0.25, 0.27],
		0.4,
	);
	if (random.chance(0.5)) {
		const x = left + width * random.between(0.2, 0.7);
		const box: Outline = rectangle(
			[x, height - 0.2],
			[random.between(1.5, 3), random.between(1.2, 2.4)],
		);
		raise(
			[
				{
					outline: box,
					paint: upwards(
						scale(color, light * 0.7),
						scale(color, light * 0.85),
						{bottom: height, top: height + 2},
					),
				},
			],
			(u, v) => [u, v, near + depth * 0.4],
		);
	}

	if (visible !== undefined) {
		const side = visible === left ? -1 : 1;
		const shade = brightness(weather, [side, 0, 0]);
		raise(
			[
				{
					outline: rectangle(
						[near - 0.25, height - 0.35],
						[depth + 0.25, 0.55],
					),
					paint: plain(scale(color, shade)),
				},
			],
			(z, v) => [visible + side * 0.25, v, z],
		);
	}

	raise(
		[
			{
				outline: rectangle([left - 0.25, height - 0.35], [width + 0.5, 0.55]),
				paint: plain(scale(color, light)),
			},
		],
		(u, v) => [u, v, near - 0.25],
	);
};

function chimney(
	random: Random,
	{
		x,
		z,
		top,
		weather,
		raise,
	}: {
		x: number;
		z: number;
		top: number;
		weather: Weather;
		raise: Parameters<Roof>[1]['raise'];
	},
): void {
	const brick = scale(
		vary(random, rgb(0x94_58_48), 0.1),
		brightness(weather, [0, 0, -1]),
	);
	raise(
		[
			{
				outline: rectangle([x - 0.35, top - 1], [0.7, 1.9]),
				paint: rough(brick, {amount: 0.1, size: 0.8}),
			},
			{
				outline: rectangle([x - 0.43, top + 0.75], [0.86, 0.22]),
				paint: plain(scale(brick, 0.75)),
			},
		],
		(u, v) => [u, v, z],
	);
}
