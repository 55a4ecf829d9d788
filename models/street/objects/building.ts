import {mix, rgb, vary} from '../../painting/color.js';
import {polygon, rectangle} from '../../painting/outline.js';
import {plain} from '../../painting/paints.js';
import {type Random} from '../../painting/random.js';
import {label} from '../classes.js';
import {brightness, type Weather} from '../weather.js';
import {Assembly} from './assembly.js';
import {facade, type FacadeStyle} from './facade.js';
import {flatRoof, gableAcross, gableAlong} from './roof.js';
import {plate} from './sign.js';
import {type Shape, type Thing} from './thing.js';

/** The ground it stands on, its front towards the viewer, in metres. */
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

/** A house of one to three floors, or a block of up to nine. */
export function building(
	random: Random,
	{plot, weather, tall}: {plot: Plot; weather: Weather; tall: boolean},
): Thing {
	const style = chooseStyle(random, {weather, tall});
	const height = style.floors * style.floorHeight + 0.6;
	const {left, width, near, depth} = plot;
	const right = left + width;
	const middle = left + width / 2;
	// Only the side that looks at the middle can be seen.
	const visible = left > 0 ? left : right < 0 ? right : undefined;

	const house = new Assembly(label.building);
	addHiddenWalls(house, plot, height);
	if (visible !== undefined) {
		const facing = visible === left ? -1 : 1;
		const light = brightness(weather, [facing, 0, 0]);
		const side = facade(random.fork(), {
			...style,
			shop: false,
			width: depth,
			height,
			light,
			blank: random.chance(0.3),
		});
		house.add(side, (u, v) => [visible, v, near + depth / 2 + u]);
	}

	const light = brightness(weather, [0, 0, -1]);
	const wall = {...style, width, height, light, blank: false};
	const front = [
		...facade(random.fork(), wall),
		...choosePlate(random, width, weather),
	];
	house.add(front, (u, v) => [middle + u, v, near]);

	const roofs = tall ? [flatRoof] : [gableAlong, gableAcross, flatRoof];
	const addRoof = random.pick(roofs);
	addRoof(random, {plot, height, weather, wall: style.wall, house, visible});

	return {
		x: middle,
		z: near,
		distance: near + depth + Math.abs(middle) * 0.01,
		parts: house.parts,
		footprint: rectangle([left - 0.3, near - 0.5], [width + 0.6, depth + 0.5]),
	};
}

function chooseStyle(
	random: Random,
	{weather, tall}: {weather: Weather; tall: boolean},
): FacadeStyle {
	const floors = tall ? random.integer(4, 9) : random.integer(1, 3);
	const floorHeight = random.between(2.9, 3.3);
	const wall = vary(random, rgb(random.pick(walls)), 0.08);
	return {
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
}

/** A traffic sign's plate on some fronts: without a pole it is a piece of the building. */
function choosePlate(
	random: Random,
	width: number,
	weather: Weather,
): readonly Shape[] {
	if (!random.chance(0.28)) {
		return [];
	}

	const u = random.between(-0.32, 0.32) * width;
	const v = random.between(2.3, 4.2);
	return plate(random, {
		at: [u, v],
		radius: random.between(0.5, 0.85),
		weather,
	});
}

/** Nobody sees these walls, but they throw the shadow. */
function addHiddenWalls(house: Assembly, plot: Plot, height: number): void {
	const {left, width, near, depth} = plot;
	const paint = plain([0.3, 0.3, 0.3]);
	const across = polygon([0, 0], [width, 0], [width, height], [0, height]);
	const away = polygon([0, 0], [depth, 0], [depth, height], [0, height]);
	for (const z of [near + depth, near]) {
		house.add([{outline: across, paint}], (u, v) => [left + u, v, z], {
			castsShadow: true,
		});
	}

	for (const x of [left, left + width]) {
		house.add([{outline: away, paint}], (u, v) => [x, v, near + u], {
			castsShadow: true,
		});
	}
}
