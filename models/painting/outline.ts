import {type Random} from './random.js';

/** The corners of a polygon, flat: x0, y0, x1, y1 … */
export type Outline = readonly number[];

export type Point = readonly [x: number, y: number];

/** A polygon through these corners. */
export function polygon(...corners: readonly Point[]): Outline {
	return corners.flat();
}

/** A rectangle from its lower left corner. */
export function rectangle([x, y]: Point, [width, height]: Point): Outline {
	return [x, y, x + width, y, x + width, y + height, x, y + height];
}

/** An ellipse as a polygon, by default fine enough for a hundred pixels. */
export function ellipse([x, y]: Point, [rx, ry]: Point, corners = 24): Outline {
	const outline: number[] = [];
	for (let index = 0; index < corners; index++) {
		const angle = (2 * Math.PI * index) / corners;
		outline.push(x + rx * Math.cos(angle), y + ry * Math.sin(angle));
	}

	return outline;
}

export function disc(centre: Point, radius: number, corners = 24): Outline {
	return ellipse(centre, [radius, radius], corners);
}

/** A regular polygon whose first corner stands at `turn` (radians, 0 to the right). */
export function regular(
	corners: number,
	radius: number,
	turn: number,
): Outline {
	const outline: number[] = [];
	for (let index = 0; index < corners; index++) {
		const angle = turn + (2 * Math.PI * index) / corners;
		outline.push(radius * Math.cos(angle), radius * Math.sin(angle));
	}

	return outline;
}

/** A line with round ends that may taper: arms, branches, strokes of a letter. */
export function limb(
	from: Point,
	to: Point,
	fromRadius: number,
	toRadius = fromRadius,
): Outline {
	const along = Math.atan2(to[1] - from[1], to[0] - from[0]);
	const outline: number[] = [];
	const half = (centre: Point, radius: number, start: number) => {
		for (let step = 0; step <= 5; step++) {
			const angle = start + (Math.PI * step) / 5;
			outline.push(
				centre[0] + radius * Math.cos(angle),
				centre[1] + radius * Math.sin(angle),
			);
		}
	};

	half(to, toRadius, along - Math.PI / 2);
	half(from, fromRadius, along + Math.PI / 2);
	return outline;
}

/** An ellipse with an uneven edge: a clump of leaves, a puddle. */
export function blob(
	random: Random,
	[x, y]: Point,
	[rx, ry]: Point,
	{corners = 16, wobble = 0.12}: {corners?: number; wobble?: number} = {},
): Outline {
	const outline: number[] = [];
	for (let index = 0; index < corners; index++) {
		const angle = (2 * Math.PI * index) / corners;
		const stretch = 1 + random.between(-wobble, wobble);
		outline.push(
			x + rx * stretch * Math.cos(angle),
			y + ry * stretch * Math.sin(angle),
		);
	}

	return outline;
}
