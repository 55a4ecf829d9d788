import {scale, type Rgb} from '../../painting/color.js';
import {disc, polygon, rectangle, type Point} from '../../painting/outline.js';
import {plain} from '../../painting/paints.js';
import {type Random} from '../../painting/random.js';
import {brightness, type Weather} from '../weather.js';
import {type Body} from './car-bodies.js';
import {type Shape} from './thing.js';

/** A side with its windows, doors and sill; u along, v up. */
export function carSide(
	body: Body,
	{
		paint,
		glass,
		lacquer,
	}: {paint: Shape['paint']; glass: Shape['paint']; lacquer: Rgb},
): Shape[] {
	const {belt, roof, pillar, profile} = body;
	const half = body.length / 2;
	const [rear, front] = body.glass;
	const [rearBase, rearTop] = [profile[rear][0], profile[rear + 1][0]];
	const [frontTop, frontBase] = [profile[front][0], profile[front + 1][0]];
	const seam = plain(scale(lacquer, 0.55));
	const low = belt + 0.03;
	const high = roof - 0.1;
	const joint = (u: number): Shape => ({
		outline: rectangle([u - 0.012, 0.35], [0.024, belt - 0.35]),
		paint: seam,
	});
	const handle = (u: number): Shape => ({
		outline: rectangle([u, belt - 0.16], [0.18, 0.05]),
		paint: seam,
	});
	const sill = rectangle([-half + 0.1, 0.22], [body.length - 0.2, 0.12]);
	const rearPane = polygon(
		[rearBase + 0.2, low],
		[pillar - 0.05, low],
		[pillar - 0.05, high],
		[rearTop + 0.1, high],
	);
	const frontPane = polygon(
		[pillar + 0.05, low],
		[frontBase - 0.2, low],
		[frontTop - 0.02, high],
		[pillar + 0.05, high],
	);
	const mirror = rectangle([frontBase - 0.22, belt], [0.16, 0.13]);
	const headlight = rectangle([half - 0.26, 0.58], [0.22, 0.14]);
	const tailLight = rectangle([-half + 0.03, 0.62], [0.2, 0.18]);
	return [
		{outline: profile.flat(), paint},
		{outline: sill, paint: plain(scale(lacquer, 0.3))},
		joint(pillar),
		joint(frontBase - 0.08),
		joint(rearBase + 0.32),
		handle(pillar - 0.3),
		handle(frontBase - 0.45),
		{outline: rearPane, paint: glass},
		{outline: frontPane, paint: glass},
		{outline: mirror, paint: seam},
		{outline: headlight, paint: plain([0.95, 0.93, 0.84])},
		{outline: tailLight, paint: plain([0.75, 0.1, 0.1])},
	];
}

/** A wheel in its arch; u along, v up. */
export function wheel(along: number, radius: number, rim: Rgb): Shape[] {
	const centre: Point = [along, radius];
	const round = (size: number, color: Rgb): Shape => ({
		outline: disc(centre, radius * size, 28),
		paint: plain(color),
	});
	const holes = Array.from({length: 5}, (_, index): Shape => {
		const angle = (2 * Math.PI * index) / 5 + 0.3;
		const at: Point = [
			along + radius * 0.37 * Math.cos(angle),
			radius + radius * 0.37 * Math.sin(angle),
		];
		const paint = plain(scale(rim, 0.35));
		return {outline: disc(at, radius * 0.13, 8), paint};
	});
	return [
		round(1.2, [0.05, 0.05, 0.06]),
		round(1, [0.1, 0.1, 0.11]),
		round(0.64, rim),
		...holes,
		round(0.14, scale(rim, 0.7)),
	];
}

const lamps = {
	front: {off: [0.92, 0.92, 0.88], on: [1, 0.98, 0.86]},
	back: {off: [0.72, 0.09, 0.1], on: [1, 0.16, 0.12]},
} as const;

/** Lights, plate, bumper and grille of one end; u across, v up. */
export function carEnd(
	random: Random,
	{body, end, weather}: {body: Body; end: 'front' | 'back'; weather: Weather},
): Shape[] {
	const half = body.halfWidth;
	const isFront = end === 'front';
	const isLit = weather.directness < 0.4 && random.chance(0.6);
	const light = brightness(weather, [0, 0, -1]);
	const bumper = rectangle([-half * 0.97, 0.22], [half * 1.94, 0.2]);
	const plate = rectangle([-0.27, isFront ? 0.36 : 0.5], [0.54, 0.14]);
	const grille = rectangle([-half * 0.45, 0.52], [half * 0.9, 0.14]);
	const lights = [-half, half].map((side): Shape => {
		const outer = side * 0.95;
		const inner = side * (isFront ? 0.58 : 0.66);
		const top = 0.56 + (isFront ? 0.15 : 0.2);
		const corners: Point[] = [
			[outer, 0.56],
			[inner, 0.56],
			[inner, top],
			[outer, top + 0.04],
		];
		return {
			outline: polygon(...corners),
			paint: plain(lamps[end][isLit ? 'on' : 'off']),
			glows: isLit,
		};
	});
	return [
		{outline: bumper, paint: plain([0.13, 0.13, 0.14])},
		{outline: plate, paint: plain(scale([0.93, 0.92, 0.84], light))},
		...(isFront ? [{outline: grille, paint: plain([0.1, 0.1, 0.11])}] : []),
		...lights,
	];
}
