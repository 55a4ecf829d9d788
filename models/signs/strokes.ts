import {limb, type Outline, type Point} from '../painting/outline.js';

/** Digits and letters as lines in a box 1 wide and 2 high, from its lower left corner: enough for what signs say. */
const glyphs = {
	0: [
		[
			[0, 0.4],
			[0, 1.6],
			[0.35, 2],
			[0.65, 2],
			[1, 1.6],
			[1, 0.4],
			[0.65, 0],
			[0.35, 0],
			[0, 0.4],
		],
	],
	3: [
		[
			[0, 1.75],
			[0.3, 2],
			[0.7, 2],
			[1, 1.7],
			[1, 1.35],
			[0.65, 1.06],
			[0.35, 1.06],
		],
		[
			[0.65, 1.06],
			[1, 0.75],
			[1, 0.35],
			[0.7, 0],
			[0.3, 0],
			[0, 0.25],
		],
	],
	5: [
		[
			[0.95, 2],
			[0.1, 2],
			[0.05, 1.1],
			[0.35, 1.25],
			[0.7, 1.2],
			[1, 0.85],
			[1, 0.4],
			[0.7, 0],
			[0.3, 0],
			[0, 0.25],
		],
	],
	8: [
		[
			[0.35, 1.08],
			[0.08, 1.35],
			[0.08, 1.7],
			[0.35, 2],
			[0.65, 2],
			[0.92, 1.7],
			[0.92, 1.35],
			[0.65, 1.08],
			[0.35, 1.08],
			[0, 0.75],
			[0, 0.35],
			[0.3, 0],
			[0.7, 0],
			[1, 0.35],
			[1, 0.75],
			[0.65, 1.08],
		],
	],
	O: [
		[
			[0, 0.35],
			[0, 1.65],
			[0.3, 2],
			[0.7, 2],
			[1, 1.65],
			[1, 0.35],
			[0.7, 0],
			[0.3, 0],
			[0, 0.35],
		],
	],
	P: [
		[
			[0, 0],
			[0, 2],
			[0.7, 2],
			[1, 1.7],
			[1, 1.3],
			[0.7, 1],
			[0, 1],
		],
	],
	S: [
		[
			[1, 1.7],
			[0.7, 2],
			[0.3, 2],
			[0, 1.7],
			[0, 1.35],
			[0.3, 1.05],
			[0.7, 0.95],
			[1, 0.65],
			[1, 0.3],
			[0.7, 0],
			[0.3, 0],
			[0, 0.3],
		],
	],
	T: [
		[
			[0, 2],
			[1, 2],
		],
		[
			[0.5, 2],
			[0.5, 0],
		],
	],
} satisfies Record<string, Point[][]>;

type Glyph = keyof typeof glyphs;

/** A line through points, `radius` to each side of it. */
export function stroke(points: readonly Point[], radius: number): Outline[] {
	return points
		.slice(1)
		.map((point, index) => limb(points[index], point, radius));
}

/** A word whose letters are `height` high, its middle at the given point. */
export function write(
	word: readonly Glyph[],
	{at: [x, y], height, weight}: {at: Point; height: number; weight: number},
): Outline[] {
	const unit = height / 2;
	const advance = unit * 1.5;
	const left = x - (advance * word.length - unit * 0.5) / 2;
	return word.flatMap((letter, index) =>
		glyphs[letter].flatMap((line) =>
			stroke(
				line.map(([u, v]) => [
					left + index * advance + u * unit,
					y - height / 2 + v * unit,
				]),
				weight,
			),
		),
	);
}
