import {rgb, type Rgb} from '../painting/color.js';
import {
	disc,
	limb,
	rectangle,
	regular,
	type Outline,
	type Point,
} from '../painting/outline.js';
import {stroke, write} from './strokes.js';

/** A sign's face within −1…1, v up: what to fill, one over the other. */
export type Face = ReadonlyArray<{
	readonly outline: Outline;
	readonly color: Rgb;
}>;

const red = rgb(0xc8_14_1e);
const white = rgb(0xf4_f4_f2);
const blue = rgb(0x14_4f_b4);
const black = rgb(0x16_16_18);
const yellow = rgb(0xf8_c0_14);
const green = rgb(0x18_8a_4c);

const fill = (color: Rgb, ...outlines: readonly Outline[]): Face =>
	outlines.map((outline) => ({outline, color}));

const upright = Math.PI / 2;

const prohibition: Face = [
	...fill(red, disc([0, 0], 1, 32)),
	...fill(white, disc([0, 0], 0.76, 32)),
];

const command: Face = [
	...fill(white, disc([0, 0], 1, 32)),
	...fill(blue, disc([0, 0], 0.94, 32)),
];

const shift = (outline: Outline, [x, y]: Point): Outline =>
	outline.map((value, index) => value + (index % 2 === 0 ? x : y));

const triangle = (radius: number, turn: number, y: number) =>
	shift(regular(3, radius, turn), [0, y]);

const warning: Face = [
	...fill(red, triangle(1.2, upright, -0.26)),
	...fill(white, triangle(0.8, upright, -0.26)),
];

const speed = (...digits: ReadonlyArray<0 | 3 | 5 | 8>): Face => [
	...prohibition,
	...fill(black, ...write(digits, {at: [0, 0], height: 0.78, weight: 0.085})),
];

/** An arrow from the first point to the last, its head as wide as three shafts. */
const arrow = (points: readonly Point[], weight: number): Outline[] => {
	const [fromX, fromY] = points.at(-2)!;
	const [x, y] = points.at(-1)!;
	const length = Math.hypot(x - fromX, y - fromY);
	const along = [(x - fromX) / length, (y - fromY) / length] as const;
	const head = weight * 3;
	const base = [x - along[0] * head * 0.3, y - along[1] * head * 0.3] as const;
	return [
		...stroke([...points.slice(0, -1), base], weight),
		[
			x + along[0] * head,
			y + along[1] * head,
			base[0] - along[1] * head,
			base[1] + along[0] * head,
			base[0] + along[1] * head,
			base[1] - along[0] * head,
		],
	];
};

const mirror = (outline: Outline): Outline =>
	outline.map((value, index) => (index % 2 === 0 ? -value : value));

const bend = arrow(
	[
		[0.2, -0.6],
		[0.2, -0.3],
		[-0.08, -0.05],
	],
	0.09,
);

const roundabout = [0, 1, 2].flatMap((third) => {
	const points = [0, 1, 2, 3].map((step): Point => {
		const angle = upright - (third * 2 + step * 0.42) * (Math.PI / 3);
		return [0.48 * Math.cos(angle), 0.48 * Math.sin(angle)];
	});
	return arrow(points, 0.1);
});

const walker: Outline[] = [
	disc([0.05, 0.42], 0.13, 12),
	limb([0.03, 0.22], [0, -0.12], 0.12, 0.1),
	limb([0, -0.12], [0.22, -0.62], 0.08, 0.06),
	limb([0, -0.12], [-0.24, -0.6], 0.08, 0.06),
	limb([0.03, 0.22], [0.26, -0.08], 0.06, 0.05),
	limb([0.03, 0.22], [-0.22, -0.04], 0.06, 0.05),
];

const carFromBehind = (x: number): Outline[] => [
	rectangle([x - 0.22, -0.2], [0.44, 0.22]),
	[x - 0.15, 0, x + 0.15, 0, x + 0.1, 0.2, x - 0.1, 0.2],
	rectangle([x - 0.2, -0.32], [0.1, 0.14]),
	rectangle([x + 0.1, -0.32], [0.1, 0.14]),
];

const slash = (weight: number) => limb([-0.52, 0.52], [0.52, -0.52], weight);

/** Every face, in the order of the classifier's outputs. */
export const faces = {
	'speed limit 30': speed(3, 0),
	'speed limit 50': speed(5, 0),
	'speed limit 80': speed(8, 0),
	'no entry': [
		...fill(red, disc([0, 0], 1, 32)),
		...fill(white, rectangle([-0.68, -0.17], [1.36, 0.34])),
	],
	stop: [
		...fill(white, regular(8, 1.06, Math.PI / 8)),
		...fill(red, regular(8, 0.98, Math.PI / 8)),
		...fill(
			white,
			...write(['S', 'T', 'O', 'P'], {
				at: [0, 0],
				height: 0.54,
				weight: 0.065,
			}),
		),
	],
	'give way': [
		...fill(red, triangle(1.2, -upright, 0.26)),
		...fill(white, triangle(0.76, -upright, 0.26)),
	],
	'priority road': [
		...fill(white, regular(4, 1.12, 0)),
		...fill(yellow, regular(4, 0.8, 0)),
	],
	danger: [
		...warning,
		...fill(
			black,
			limb([0, 0.16], [0, -0.26], 0.11, 0.06),
			disc([0, -0.48], 0.09, 12),
		),
	],
	'bend to the left': [...warning, ...fill(black, ...bend)],
	'bend to the right': [
		...warning,
		...fill(black, ...bend.map((outline) => mirror(outline))),
	],
	'traffic lights ahead': [
		...warning,
		...fill(black, rectangle([-0.15, -0.62], [0.3, 0.8])),
		...fill(red, disc([0, 0.04], 0.11, 12)),
		...fill(yellow, disc([0, -0.22], 0.11, 12)),
		...fill(green, disc([0, -0.48], 0.11, 12)),
	],
	'turn right': [
		...command,
		...fill(
			white,
			...arrow(
				[
					[-0.6, 0],
					[0.4, 0],
				],
				0.12,
			),
		),
	],
	'turn left': [
		...command,
		...fill(
			white,
			...arrow(
				[
					[0.6, 0],
					[-0.4, 0],
				],
				0.12,
			),
		),
	],
	'straight ahead': [
		...command,
		...fill(
			white,
			...arrow(
				[
					[0, -0.6],
					[0, 0.4],
				],
				0.12,
			),
		),
	],
	roundabout: [...command, ...fill(white, ...roundabout)],
	'no overtaking': [
		...prohibition,
		...fill(red, ...carFromBehind(-0.29)),
		...fill(black, ...carFromBehind(0.29)),
	],
	'no stopping': [
		...fill(red, disc([0, 0], 1, 32)),
		...fill(blue, disc([0, 0], 0.78, 32)),
		...fill(red, slash(0.11), mirror(slash(0.11))),
	],
	'no parking': [
		...fill(red, disc([0, 0], 1, 32)),
		...fill(blue, disc([0, 0], 0.78, 32)),
		...fill(red, slash(0.11)),
	],
	'end of limits': [
		...fill(black, disc([0, 0], 1, 32)),
		...fill(white, disc([0, 0], 0.93, 32)),
		...fill(
			black,
			...[-0.22, 0, 0.22].map((offset) =>
				limb(
					[-0.5 + offset, -0.5 - offset],
					[0.5 + offset, 0.5 - offset],
					0.045,
				),
			),
		),
	],
	'pedestrian crossing': [
		...fill(white, rectangle([-1, -1], [2, 2])),
		...fill(blue, rectangle([-0.93, -0.93], [1.86, 1.86])),
		...fill(white, triangle(0.95, upright, -0.2)),
		...fill(black, ...walker.map((outline) => shift(outline, [0, -0.12]))),
	],
} satisfies Record<string, Face>;

export type SignName = keyof typeof faces;

/** The names of the classes, in the order of the classifier's outputs. */
export const signNames = Object.keys(faces).filter(
	(name): name is SignName => name in faces,
);
