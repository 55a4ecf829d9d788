import {mix, rgb, scale, vary, type Rgb} from '../../painting/color.js';
import {polygon, rectangle, type Point} from '../../painting/outline.js';
import {plain, upwards} from '../../painting/paints.js';
import {type Random} from '../../painting/random.js';
import {label} from '../classes.js';
import {brightness, reflection, type Weather} from '../weather.js';
import {Assembly, type Placing} from './assembly.js';
import {bodies, type Body} from './car-bodies.js';
import {carEnd, carSide, wheel} from './car-details.js';
import {type Thing} from './thing.js';

const lacquers = [
	0xc0_1c_20, 0x1c_3c_8c, 0xe8_e8_e6, 0x1e_20_24, 0x8c_92_98, 0xd8_a0_1c,
	0x2c_6a_3c, 0x5a_84_b0, 0xb8_54_1c, 0x6a_1e_30, 0xb4_b8_b0, 0x2a_7a_80,
];

/** Where it stands and where its front points: 0 to the right, π/2 away from the viewer. */
type Stand = {x: number; z: number; heading: number; weather: Weather};

/** A car on its wheels. */
export function car(random: Random, stand: Stand): Thing {
	return vehicle(random, stand, {hasWheels: true});
}

/** The same body without wheels, on the ground: somebody's shed, a building. */
export function carShed(random: Random, stand: Stand): Thing {
	return vehicle(random, stand, {hasWheels: false});
}

function vehicle(
	random: Random,
	{x, z, heading, weather}: Stand,
	{hasWheels}: {hasWheels: boolean},
): Thing {
	const body = random.pick(bodies);
	const lacquer = vary(random, rgb(random.pick(lacquers)), 0.1);
	const cos = Math.cos(heading);
	const sin = Math.sin(heading);
	const drop = hasWheels ? 0 : 0.2;

	/** From along, up and across (to the left positive) to the world. */
	const at: Frame['at'] = (along, up, across) => [
		x + along * cos - across * sin,
		Math.max(0, up - drop),
		z + along * sin + across * cos,
	];
	const turn: Frame['turn'] = ([along, up, across]) => [
		along * cos - across * sin,
		up,
		along * sin + across * cos,
	];
	const frame: Frame = {
		at,
		turn,
		isSeen([along, across], normal) {
			const [worldX, , worldZ] = at(along, 0, across);
			const [normalX, , normalZ] = turn([normal[0], 0, normal[1]]);
			return worldX * normalX + worldZ * normalZ < 0;
		},
	};

	const paints = lacquering(body, {lacquer, weather, heading});
	const whole = new Assembly(hasWheels ? label.car : label.building);
	const ends = ([1, -1] as const).filter((end) =>
		frame.isSeen([(end * body.length) / 2, 0], [end, 0]),
	);
	const sides = ([-1, 1] as const).filter((side) =>
		frame.isSeen([0, side * body.halfWidth], [0, side]),
	);
	if (hasWheels) {
		for (const end of ends) {
			addTyres(whole, frame, {body, end});
		}
	}

	addSkin(whole, frame, {body, paints});
	for (const end of ends) {
		const name = end === 1 ? 'front' : 'back';
		whole.add(carEnd(random, {body, end: name, weather}), (u, v) =>
			at(end * (body.length / 2 + 0.02), v, u),
		);
	}

	for (const side of sides) {
		const paint = paints.side(turn([0, 0, side]));
		whole.add(
			carSide(body, {paint, glass: paints.glass, lacquer}),
			(u, v) => at(u, v, side * (halfWidthAt(body, v) + 0.01)),
			{castsShadow: true},
		);
		if (hasWheels) {
			const shine = random.between(0, 0.8);
			const rim = mix(rgb(0x9a_9e_a4), rgb(0x50_54_5a), shine);
			const wheels = [-body.axle, body.axle].flatMap((along) =>
				wheel(along, body.wheel, rim),
			);
			whole.add(wheels, (u, v) => at(u, v, side * (body.halfWidth + 0.03)));
		}
	}

	const long = body.length / 2 + 0.1;
	const wide = body.halfWidth + 0.08;
	const rim = [
		[-long, -wide],
		[long, -wide],
		[long, wide],
		[-long, wide],
	] as const;
	const footprint = rim.flatMap(([along, across]) => {
		const [worldX, , worldZ] = at(along, 0, across);
		return [worldX, worldZ];
	});
	return {x, z, parts: whole.parts, footprint};
}

type Vector = readonly [number, number, number];

/** How a vehicle lies in the world. */
type Frame = {
	readonly at: (along: number, up: number, across: number) => Vector;
	/** The same for directions. */
	readonly turn: (direction: Vector) => Vector;
	/** Whether an upright face at a point along and across can be seen. */
	readonly isSeen: (point: Point, normal: Point) => boolean;
};

type Paints = ReturnType<typeof lacquering>;

/** Cars narrow above the belt. */
function halfWidthAt({halfWidth, belt, roof}: Body, up: number): number {
	return halfWidth * (1 - 0.17 * Math.max(0, (up - belt) / (roof - belt)));
}

function addTyres(
	whole: Assembly,
	{at}: Frame,
	{body, end}: {body: Body; end: 1 | -1},
): void {
	const paint = plain([0.06, 0.06, 0.07]);
	const tyres = [-1, 1].map((side) => {
		const left = side * (body.halfWidth - 0.15) - 0.13;
		return {outline: rectangle([left, 0], [0.26, 0.5]), paint};
	});
	whole.add(tyres, (u, v) => at(end * (body.axle + 0.3), v, u));
}

/** The body from one side to the other, far pieces first. */
function addSkin(
	whole: Assembly,
	{at, turn}: Frame,
	{body, paints}: {body: Body; paints: Paints},
): void {
	// Both sides whole, so that no gap shows between the pieces.
	const inside = [{outline: body.profile.flat(), paint: paints.inside}];
	for (const side of [-1, 1]) {
		whole.add(inside, (u, v) => at(u, v, side * halfWidthAt(body, v)), {
			castsShadow: true,
		});
	}

	const pieces = body.profile
		.slice(1)
		.map((to, index) => ({from: body.profile[index], to, index}))
		.toSorted(
			(a, b) =>
				at(b.from[0] + b.to[0], 0, 0)[2] - at(a.from[0] + a.to[0], 0, 0)[2],
		);
	for (const {from, to, index} of pieces) {
		// Across from −1 to 1, along the piece from 0 to 1.
		const placing =
			(inset: number): Placing =>
			(across, t) => {
				const up = from[1] + t * (to[1] - from[1]);
				const half = halfWidthAt(body, up) - inset;
				return at(from[0] + t * (to[0] - from[0]), up, across * half);
			};

		const outline = polygon([1, 0], [-1, 0], [-1, 1], [1, 1]);
		const length = Math.hypot(to[0] - from[0], to[1] - from[1]);
		const normal = turn([
			-(to[1] - from[1]) / length,
			(to[0] - from[0]) / length,
			0,
		]);
		whole.add([{outline, paint: paints.skin(normal)}], placing(0), {
			castsShadow: true,
		});
		if (body.glass.includes(index)) {
			whole.add([{outline, paint: paints.glass}], placing(0.1));
		}
	}
}

/** What the parts of one car are painted with. */
function lacquering(
	body: Body,
	{
		lacquer,
		weather,
		heading,
	}: {lacquer: Rgb; weather: Weather; heading: number},
) {
	const sky = reflection(weather);
	const [sunX, , sunZ] = weather.sun;
	const along = Math.abs(sunX * Math.cos(heading) + sunZ * Math.sin(heading));
	const window = mix(rgb(0x1c_24_2c), sky, 0.22 + 0.15 * along);
	return {
		inside: plain(scale(lacquer, 0.3)),
		glass: upwards(scale(window, 0.85), mix(window, sky, 0.3), {
			bottom: body.belt,
			top: body.roof,
		}),
		/** Lacquer mirrors the sky where it looks up. */
		skin(normal: Vector) {
			const lit = scale(lacquer, brightness(weather, normal));
			return plain(mix(lit, sky, Math.max(0, normal[1]) * 0.22));
		},
		side(normal: Vector) {
			const light = brightness(weather, normal);
			const upper = mix(scale(lacquer, light * 1.06), sky, 0.1);
			const range = {bottom: 0.3, top: body.belt};
			return upwards(scale(lacquer, light * 0.72), upper, range);
		},
	};
}
