import {mix, rgb, scale, vary, type Rgb} from '../../painting/color.js';
import {disc, rectangle, type Point} from '../../painting/outline.js';
import {plain, upwards} from '../../painting/paints.js';
import {type Random} from '../../painting/random.js';
import {label, type Label} from '../classes.js';
import {brightness, reflection, type Weather} from '../weather.js';
import {bodies, type Body} from './car-bodies.js';
import {place, type Part, type Shape, type Thing} from './thing.js';

const lacquers = [
	0xc0_1c_20, 0x1c_3c_8c, 0xe8_e8_e6, 0x1e_20_24, 0x8c_92_98, 0xd8_a0_1c,
	0x2c_6a_3c, 0x5a_84_b0, 0xb8_54_1c, 0x6a_1e_30, 0xb4_b8_b0, 0x2a_7a_80,
];

/** Where it stands and where its front points: 0 to the right, π/2 away from the viewer. */
type Stand = {x: number; z: number; heading: number; weather: Weather};

/** A car on its wheels. */
export function car(random: Random, stand: Stand): Thing {
	return vehicle(random, stand, {wheels: true});
}

/** The same body without wheels, on the ground: somebody's shed, a building. */
export function carShed(random: Random, stand: Stand): Thing {
	return vehicle(random, stand, {wheels: false});
}

function vehicle(
	random: Random,
	{x, z, heading, weather}: Stand,
	{wheels}: {wheels: boolean},
): Thing {
	const body = random.pick(bodies);
	const lacquer = vary(random, rgb(random.pick(lacquers)), 0.1);
	const kind: Label = wheels ? label.car : label.building;
	const drop = wheels ? 0 : 0.2;
	const cos = Math.cos(heading);
	const sin = Math.sin(heading);

	/** From along, up and across (to the left positive) to the world. */
	const at = (
		along: number,
		up: number,
		across: number,
	): readonly [number, number, number] => [
		x + along * cos - across * sin,
		Math.max(0, up - drop),
		z + along * sin + across * cos,
	];

	/** Cars narrow above the belt. */
	const halfWidth = (up: number) =>
		body.halfWidth *
		(1 - 0.17 * Math.max(0, (up - body.belt) / (body.roof - body.belt)));

	const visible = (along: number, across: number, normal: Point) =>
		facesViewer(at(along, 0, across), [
			normal[0] * cos - normal[1] * sin,
			normal[0] * sin + normal[1] * cos,
		]);

	const parts: Part[] = [];
	const add = (
		shapes: readonly Shape[],
		to: (u: number, v: number) => readonly [number, number, number],
		castsShadow = false,
	) => {
		for (const {outline, ...shape} of shapes) {
			parts.push({
				...shape,
				label: kind,
				castsShadow,
				corners: place(outline, to),
			});
		}
	};

	const paintOf = shading(body, {lacquer, weather, cos, sin});

	// Tyres under the end that can be seen.
	const ends = ([1, -1] as const).filter((end) =>
		visible((end * body.length) / 2, 0, [end, 0]),
	);
	if (wheels) {
		const rubber = plain([0.06, 0.06, 0.07]);
		for (const end of ends) {
			const axle = end * body.axle;
			add(
				[-1, 1].map((side) => ({
					outline: rectangle(
						[side * (body.halfWidth - 0.15) - 0.13, 0],
						[0.26, 0.5],
					),
					paint: rubber,
				})),
				(u, v) => at(axle + end * 0.3, v, u),
			);
		}
	}

	// Both sides whole, so that no gap shows between the pieces of the skin.
	for (const side of [-1, 1]) {
		add(
			[{outline: body.profile.flat(), paint: paintOf.inside}],
			(u, v) => at(u, v, side * halfWidth(v)),
			true,
		);
	}

	// The skin from one side to the other, far pieces first.
	const strips = body.profile
		.slice(1)
		.map((point, index) => ({from: body.profile[index], to: point, index}))
		.toSorted(
			(a, b) =>
				at(b.from[0] + b.to[0], 0, 0)[2] - at(a.from[0] + a.to[0], 0, 0)[2],
		);
	for (const {from, to, index} of strips) {
		const slope: Point = [-(to[1] - from[1]), to[0] - from[0]];
		const length = Math.hypot(...slope);
		const normal = [slope[0] / length, slope[1] / length] as const;
		const glass = body.glass.includes(index);
		const quad = (inset: number): Part['corners'] =>
			[from, from, to, to].flatMap(([along, up], corner) => {
				const side = corner === 0 || corner === 3 ? 1 : -1;
				return at(along, up, side * (halfWidth(up) - inset));
			});
		const light = {
			normal: [normal[0] * cos, normal[1], normal[0] * sin] as const,
		};
		parts.push({
			corners: quad(0),
			label: kind,
			paint: paintOf.skin(light.normal),
			castsShadow: true,
		});
		if (glass) {
			parts.push({
				corners: quad(0.1),
				label: kind,
				paint: paintOf.glass,
				castsShadow: false,
			});
		}
	}

	for (const end of ends) {
		add(endDetails(random, body, end, weather), (u, v) =>
			at(end * (body.length / 2 + 0.02), v, u),
		);
	}

	for (const side of [-1, 1] as const) {
		if (visible(0, side * body.halfWidth, [0, side])) {
			const outer = (u: number, v: number) =>
				at(u, v, side * (halfWidth(v) + 0.01));
			add(
				sideOf(
					body,
					paintOf.side([-side * sin, 0, side * cos]),
					paintOf.glass,
					lacquer,
				),
				outer,
				true,
			);
			if (wheels) {
				const rim = mix(
					rgb(0x9a_9e_a4),
					rgb(0x50_54_5a),
					random.between(0, 0.8),
				);
				add(
					[-body.axle, body.axle].flatMap((along) =>
						wheel(along, body.wheel, rim),
					),
					(u, v) => at(u, v, side * (body.halfWidth + 0.03)),
				);
			}
		}
	}

	const reach = body.length / 2 + 0.1;
	const footprint = [
		[-reach, -1],
		[reach, -1],
		[reach, 1],
		[-reach, 1],
	].flatMap(([along, side]) => {
		const [u, , w] = at(along, 0, side * (body.halfWidth + 0.08));
		return [u, w];
	});
	return {x, z, parts, footprint};
}

/** Whether a vertical face at a point, with a normal `[x, z]`, can be seen from the camera's foot. */
function facesViewer(
	[x, , z]: readonly [number, number, number],
	[normalX, normalZ]: Point,
): boolean {
	return x * normalX + z * normalZ < 0;
}

function shading(
	body: Body,
	{
		lacquer,
		weather,
		cos,
		sin,
	}: {lacquer: Rgb; weather: Weather; cos: number; sin: number},
) {
	const sky = reflection(weather);
	const along = Math.abs(weather.sun[0] * cos + weather.sun[2] * sin);
	const window = mix(rgb(0x1c_24_2c), sky, 0.22 + 0.15 * along);
	return {
		inside: plain(scale(lacquer, 0.3)),
		// Lacquer mirrors the sky where it looks up.
		skin: (normal: readonly [number, number, number]) =>
			plain(
				mix(
					scale(lacquer, brightness(weather, normal)),
					sky,
					Math.max(0, normal[1]) * 0.22,
				),
			),
		side(normal: readonly [number, number, number]) {
			const light = brightness(weather, normal);
			return upwards(
				scale(lacquer, light * 0.72),
				mix(scale(lacquer, light * 1.06), sky, 0.1),
				{bottom: 0.3, top: body.belt},
			);
		},
		glass: upwards(scale(window, 0.85), mix(window, sky, 0.3), {
			bottom: body.belt,
			top: body.roof,
		}),
	};
}

/** A side with its windows, doors and sill; u along, v up. */
function sideOf(
	body: Body,
	paint: Shape['paint'],
	glass: Shape['paint'],
	lacquer: Rgb,
): Shape[] {
	const outline = body.profile.flat();
	const {belt, roof, pillar} = body;
	const [rearGlass, frontGlass] = body.glass;
	const rear = body.profile.slice(rearGlass, rearGlass + 2);
	const front = body.profile.slice(frontGlass, frontGlass + 2);
	const sill = plain(scale(lacquer, 0.3));
	const seam = plain(scale(lacquer, 0.55));
	const [rearBase, rearTop] = rear;
	const [frontTop, frontBase] = front;
	const low = belt + 0.03;
	const high = roof - 0.1;
	const line = (u: number): Shape => ({
		outline: rectangle([u - 0.012, 0.35], [0.024, belt - 0.35]),
		paint: seam,
	});
	return [
		{outline, paint},
		{
			outline: rectangle(
				[-body.length / 2 + 0.1, 0.22],
				[body.length - 0.2, 0.12],
			),
			paint: sill,
		},
		line(pillar),
		line(frontBase[0] - 0.08),
		line(rearBase[0] + 0.32),
		{
			outline: rectangle([pillar - 0.3, belt - 0.16], [0.18, 0.05]),
			paint: seam,
		},
		{
			outline: rectangle([frontBase[0] - 0.45, belt - 0.16], [0.18, 0.05]),
			paint: seam,
		},
		{
			outline: [
				rearBase[0] + 0.2,
				low,
				pillar - 0.05,
				low,
				pillar - 0.05,
				high,
				rearTop[0] + 0.1,
				high,
			],
			paint: glass,
		},
		{
			outline: [
				pillar + 0.05,
				low,
				frontBase[0] - 0.2,
				low,
				frontTop[0] - 0.02,
				high,
				pillar + 0.05,
				high,
			],
			paint: glass,
		},
		{
			outline: rectangle([frontBase[0] - 0.22, belt], [0.16, 0.13]),
			paint: seam,
		},
		{
			outline: rectangle([body.length / 2 - 0.26, 0.58], [0.22, 0.14]),
			paint: plain([0.95, 0.93, 0.84]),
		},
		{
			outline: rectangle([-body.length / 2 + 0.03, 0.62], [0.2, 0.18]),
			paint: plain([0.75, 0.1, 0.1]),
		},
	];
}

function wheel(along: number, radius: number, rim: Rgb): Shape[] {
	const centre: Point = [along, radius];
	const spokes = Array.from({length: 5}, (_, index): Shape => {
		const angle = (2 * Math.PI * index) / 5 + 0.3;
		const hole: Point = [
			along + radius * 0.37 * Math.cos(angle),
			radius + radius * 0.37 * Math.sin(angle),
		];
		return {
			outline: disc(hole, radius * 0.13, 8),
			paint: plain(scale(rim, 0.35)),
		};
	});
	return [
		{
			outline: disc([along, radius * 1.03], radius * 1.2, 28),
			paint: plain([0.05, 0.05, 0.06]),
		},
		{outline: disc(centre, radius, 28), paint: plain([0.1, 0.1, 0.11])},
		{outline: disc(centre, radius * 0.64, 24), paint: plain(rim)},
		...spokes,
		{outline: disc(centre, radius * 0.14, 10), paint: plain(scale(rim, 0.7))},
	];
}

/** Lights, plate, bumper and grille of the front (`end` 1) or the back (−1); u across, v up. */
function endDetails(
	random: Random,
	body: Body,
	end: 1 | -1,
	weather: Weather,
): Shape[] {
	const half = body.halfWidth;
	const front = end === 1;
	const lit = weather.directness < 0.4 && random.chance(0.6);
	const lights = plain(
		front
			? lit
				? [1, 0.98, 0.86]
				: [0.92, 0.92, 0.88]
			: lit
				? [1, 0.16, 0.12]
				: [0.72, 0.09, 0.1],
	);
	const light = brightness(weather, [0, 0, -1]);
	const shapes: Shape[] = [
		{
			outline: rectangle([-half * 0.97, 0.22], [half * 1.94, 0.2]),
			paint: plain([0.13, 0.13, 0.14]),
		},
		{
			outline: rectangle([-0.27, front ? 0.36 : 0.5], [0.54, 0.14]),
			paint: plain(scale([0.93, 0.92, 0.84], light)),
		},
	];
	if (front) {
		shapes.push({
			outline: rectangle([-half * 0.45, 0.52], [half * 0.9, 0.14]),
			paint: plain([0.1, 0.1, 0.11]),
		});
	}

	for (const side of [-1, 1]) {
		const outer = side * half * 0.95;
		const inner = side * half * (front ? 0.58 : 0.66);
		const height = front ? 0.15 : 0.2;
		shapes.push({
			outline: [
				outer,
				0.56,
				inner,
				0.56,
				inner,
				0.56 + height,
				outer,
				0.6 + height,
			],
			paint: lights,
			glows: lit,
		});
	}

	return shapes;
}
