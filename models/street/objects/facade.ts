import {mix, rgb, scale, type Rgb} from '../../painting/color.js';
import {rectangle, type Point} from '../../painting/outline.js';
import {plain, rough, upwards} from '../../painting/paints.js';
import {type Random} from '../../painting/random.js';
import {cloudy} from '../../painting/texture.js';
import {type Shape} from './thing.js';

/** What all walls of one building share; metres. */
export type FacadeStyle = {
	readonly wall: Rgb;
	/** Window frames, sills, the line above the ground floor. */
	readonly trim: Rgb;
	readonly floors: number;
	readonly floorHeight: number;
	/** From the middle of one window to that of the next. */
	readonly bay: number;
	/** A window's width and height. */
	readonly window: Point;
	readonly balconies: boolean;
	/** A shop takes the ground floor. */
	readonly shop: boolean;
	/** How likely a window is lit. */
	readonly lamps: number;
};

type Wall = FacadeStyle & {
	readonly width: number;
	readonly height: number;
	/** How brightly it is lit. */
	readonly light: number;
	/** Without windows. */
	readonly blank: boolean;
};

/** One wall with its windows and its door, u from the middle, v from the ground. */
export function facade(random: Random, wall: Wall): Shape[] {
	const {width, height, light, floors, floorHeight, trim} = wall;
	const shapes: Shape[] = [
		{
			outline: rectangle([-width / 2, 0], [width, height]),
			paint: rough(scale(wall.wall, light), {
				amount: 0.035,
				size: 5,
				texture: cloudy,
				offset: random.between(0, 1),
			}),
		},
		{
			outline: rectangle([-width / 2, 0], [width, 0.45]),
			paint: plain(scale(wall.wall, light * 0.68)),
		},
	];
	if (floors > 1) {
		shapes.push({
			outline: rectangle([-width / 2, floorHeight - 0.05], [width, 0.18]),
			paint: plain(scale(trim, light * 0.95)),
		});
	}

	if (wall.blank) {
		return shapes;
	}

	const bays = Math.max(1, Math.floor((width - 0.8) / wall.bay));
	const left = (-(bays - 1) * wall.bay) / 2;
	const doorAt = random.integer(0, bays - 1);
	for (let floor = 0; floor < floors; floor++) {
		for (let index = 0; index < bays; index++) {
			const u = left + index * wall.bay;
			if (floor > 0 || !wall.shop) {
				shapes.push(
					...(floor === 0 && index === doorAt
						? door(random, u, wall)
						: windowAt(random, [u, floor * floorHeight + 1.05], wall)),
				);
			}

			if (floor > 0 && wall.balconies && index % 2 === 1) {
				shapes.push(...balcony([u, floor * floorHeight + 0.35], wall));
			}
		}
	}

	return wall.shop ? [...shapes, ...shop(random, wall)] : shapes;
}

const lamp = rgb(0xff_dc_8c);

function windowAt(random: Random, [u, v]: Point, wall: Wall): Shape[] {
	const {light, lamps} = wall;
	const [width, height] = wall.window;
	const glass = scale(
		mix(rgb(0x2c_3a_48), rgb(0x8c_a8_c0), random.between(0, 0.55)),
		light,
	);
	const lit = random.chance(lamps);
	const lamplight = scale(lamp, random.between(0.75, 1));
	const shapes: Shape[] = [
		{
			outline: rectangle(
				[u - width / 2 - 0.09, v - 0.09],
				[width + 0.18, height + 0.18],
			),
			paint: plain(scale(wall.trim, light)),
		},
		{
			outline: rectangle([u - width / 2, v], [width, height]),
			// Panes mirror the sky, more towards their top.
			paint: lit
				? upwards(lamplight, scale(lamplight, 0.88), {
						bottom: v,
						top: v + height,
					})
				: upwards(scale(glass, 0.8), scale(glass, 1.25), {
						bottom: v,
						top: v + height,
					}),
			glows: lit,
		},
		{
			outline: rectangle([u - 0.035, v], [0.07, height]),
			paint: plain(scale(wall.trim, light)),
		},
		{
			outline: rectangle([u - width / 2 - 0.16, v - 0.16], [width + 0.32, 0.1]),
			paint: plain(scale(wall.trim, light * 1.06)),
		},
	];
	if (random.chance(0.25)) {
		const drop = height * random.between(0.2, 0.6);
		shapes.splice(2, 0, {
			outline: rectangle([u - width / 2, v + height - drop], [width, drop]),
			paint: plain(scale([0.86, 0.82, 0.74], light * 0.9)),
		});
	}

	return shapes;
}

const doors = [0x5c_3a_26, 0x2c_4a_3c, 0x7a_2c_28, 0x30_3c_54, 0x4a_4a_4c];

function door(random: Random, u: number, {light, trim}: Wall): Shape[] {
	const color = scale(rgb(random.pick(doors)), light);
	return [
		{
			outline: rectangle([u - 0.68, 0], [1.36, 2.42]),
			paint: plain(scale(trim, light)),
		},
		{outline: rectangle([u - 0.55, 0], [1.1, 2.25]), paint: plain(color)},
		{
			outline: rectangle([u - 0.38, 1.25], [0.76, 0.8]),
			paint: plain(scale(mix(color, [0.5, 0.6, 0.7], 0.5), 0.9)),
		},
		{
			outline: rectangle([u - 0.38, 0.25], [0.76, 0.75]),
			paint: plain(scale(color, 0.82)),
		},
		{
			outline: rectangle([u - 0.85, 0], [1.7, 0.16]),
			paint: plain(scale([0.6, 0.59, 0.57], light)),
		},
	];
}

function balcony([u, v]: Point, {light, window: [width], trim}: Wall): Shape[] {
	const half = width / 2 + 0.45;
	const rail = plain(scale(mix(trim, [0.2, 0.2, 0.22], 0.75), light));
	const bars = Array.from({length: 7}, (_, index): Shape => ({
		outline: rectangle(
			[u - half + (index * 2 * half) / 6 - 0.03, v + 0.15],
			[0.06, 0.85],
		),
		paint: rail,
	}));
	return [
		{
			outline: rectangle([u - half, v], [2 * half, 0.16]),
			paint: plain(scale(trim, light * 0.8)),
		},
		...bars,
		{outline: rectangle([u - half, v + 0.95], [2 * half, 0.08]), paint: rail},
	];
}

const awnings = [0xb8_2c_2c, 0x2c_6a_4a, 0x2c_4c_8c, 0xc8_8a_2a];

function shop(random: Random, wall: Wall): Shape[] {
	const {width, light, floorHeight} = wall;
	const panes = Math.max(2, Math.floor(width / 2.6));
	const pane = (width - 0.6) / panes;
	const lit = random.chance(wall.lamps * 1.6);
	const glass = lit ? lamp : scale(rgb(0x34_44_50), light);
	const color = rgb(random.pick(awnings));
	const shapes: Shape[] = [];
	for (let index = 0; index < panes; index++) {
		shapes.push({
			outline: rectangle(
				[-width / 2 + 0.3 + index * pane + 0.12, 0.4],
				[pane - 0.24, floorHeight - 1.15],
			),
			paint: upwards(scale(glass, 0.75), scale(glass, 1.15), {
				bottom: 0.4,
				top: 2.4,
			}),
			glows: lit,
		});
	}

	const stripes = Math.round((width - 0.6) / 0.6);
	for (let index = 0; index < stripes; index++) {
		const stripe = (width - 0.4) / stripes;
		shapes.push({
			outline: rectangle(
				[-width / 2 + 0.2 + index * stripe, floorHeight - 0.95],
				[stripe, 0.75],
			),
			paint: plain(scale(index % 2 === 0 ? color : [0.92, 0.9, 0.86], light)),
		});
	}

	return shapes;
}
