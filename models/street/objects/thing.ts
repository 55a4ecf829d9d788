import {type Paint} from '../../painting/canvas.js';
import {type Outline} from '../../painting/outline.js';
import {type Label} from '../classes.js';

/** A flat piece of something, in metres: what to fill, with what, and what it is. */
export type Shape = {
	readonly outline: Outline;
	/** In metres from the thing's foot: u to the right, v up. */
	readonly paint: Paint;
	/** Lit from inside: keeps its colour at dusk. */
	readonly glows?: boolean;
};

/** A shape that has its place in the world. */
export type Part = Omit<Shape, 'outline'> & {
	/** X, y, z in metres, flat. */
	readonly corners: readonly number[];
	readonly label: Label;
	/** Details within another part's outline cast no shadow of their own. */
	readonly castsShadow?: boolean;
};

/** Something that stands or lies in the scene, its parts from back to front. */
export type Thing = {
	/** Where its foot is. */
	readonly x: number;
	readonly z: number;
	/** How far it counts when things are painted from far to near; `z` by default. */
	readonly distance?: number;
	readonly parts: readonly Part[];
	/** Where it touches the ground, x and z flat: always dark, even without sun. */
	readonly footprint?: Outline;
};

/** Stands flat shapes up, facing the viewer. */
export function standUp(
	shapes: readonly Shape[],
	{
		x,
		z,
		label,
		castsShadow = true,
	}: {x: number; z: number; label: Label; castsShadow?: boolean},
): Part[] {
	return shapes.map(({outline, ...shape}) => ({
		...shape,
		label,
		castsShadow,
		corners: place(outline, (u, v) => [x + u, v, z]),
	}));
}

/** Lays flat shapes on the ground: v is then ahead. */
export function layDown(
	shapes: readonly Shape[],
	{x, z, label}: {x: number; z: number; label: Label},
): Part[] {
	return shapes.map(({outline, ...shape}) => ({
		...shape,
		label,
		corners: place(outline, (u, v) => [x + u, 0, z + v]),
	}));
}

/** Brings the corners of a plane into the world. */
export function place(
	outline: Outline,
	to: (u: number, v: number) => readonly [number, number, number],
): number[] {
	const corners: number[] = [];
	for (let index = 0; index < outline.length; index += 2) {
		const [x, y, z] = to(outline[index], outline[index + 1]);
		corners.push(x, y, z);
	}

	return corners;
}
