import {type Image} from '../../source/raster/image.js';
import {Canvas, type Brush} from '../painting/canvas.js';
import {mix, rgb, scale, type Rgb} from '../painting/color.js';
import {develop} from '../painting/lens.js';
import {
	blob,
	disc,
	limb,
	rectangle,
	type Outline,
	type Point,
} from '../painting/outline.js';
import {plain, rough} from '../painting/paints.js';
import {seeded, type Random} from '../painting/random.js';
import {cloudy} from '../painting/texture.js';
import {faces, signNames, type SignName} from './faces.js';
import {choosePose, type Pose} from './pose.js';

/** A photograph of one traffic sign. */
export type SignScene = {
	readonly image: Image;
	readonly name: SignName;
	/** The classifier's output for it. */
	readonly label: number;
};

/** Paints the sign of a seed: seeds take the classes in turn. */
export function generateSign({
	seed,
	size = 48,
}: {
	seed: number;
	/** Pixels, in both directions. */
	size?: number;
}): SignScene {
	const random = seeded(seed);
	const label = seed % signNames.length;
	const name = signNames[label];
	const light = random.between(0.5, 1.1);
	const canvas = new Canvas({width: size, height: size}, [0.7, 0.74, 0.78]);
	const air = {label: 0, frame: {x: 0, y: 0, scale: 1}, haze: haze(random)};
	const brush = {...air, light: tinted(random, light)};
	const pose = choosePose(random.fork());

	paintBackground(canvas, random.fork(), brush);
	paintPole(canvas, random.fork(), {pose, brush});
	const wear = random.between(0.01, 0.07);
	const faded = random.between(0, 0.25);
	for (const {outline, color} of faces[name]) {
		canvas.fill(pose.project(outline), {
			...brush,
			paint: rough(mix(color, [0.62, 0.62, 0.62], faded), {
				amount: wear,
				size: 0.7,
				texture: cloudy,
				offset: seed % 7,
			}),
		});
	}

	castShade(canvas, random.fork());
	paintOccluder(canvas, random.fork(), {pose, brush});

	const warmth = random.normal(0, 0.06);
	const exposure = random.between(0.75, 1.25);
	const lens = {
		blur: random.chance(0.6) ? random.between(0, 0.018) : 0,
		noise: random.between(0.005, 0.05),
		gain: [exposure * (1 + warmth), exposure, exposure * (1 - warmth)] as const,
		contrast: random.between(0.75, 1.15),
		vignette: 0,
	};
	const colors = canvas.averageColors();
	const image = develop(random.fork(), colors, {
		width: size,
		height: size,
		lens,
	});
	return {image, name, label};
}

type Air = Omit<Brush, 'paint'>;

const haze = (random: Random) =>
	random.chance(0.2) ? random.between(0.1, 0.4) : random.between(0, 0.06);

const tinted = (random: Random, light: number): Rgb => [
	light * random.between(0.92, 1.06),
	light,
	light * random.between(0.9, 1.08),
];

const surroundings = [
	0x6a_9a_d4, 0xb4_c4_d0, 0x3e_6a_32, 0x5c_8a_3c, 0x8a_86_80, 0xa8_64_4c,
	0xc8_b4_90, 0x4a_4c_50, 0x7a_5c_40,
];

const loud = [
	0xe0_2c_2c, 0x2c_54_c8, 0xf0_c4_20, 0xf0_f0_ee, 0x2a_2a_2e, 0x2c_8a_4a,
	0xe0_7a_2a, 0x7a_3c_8c,
];

const anywhere = (random: Random): Point => [
	random.between(-0.05, 1.05),
	random.between(-0.05, 1.05),
];

/** A wall, leaves or sky, and things that have a sign's colours but aren't one. */
function paintBackground(canvas: Canvas, random: Random, brush: Air): void {
	const texture = {texture: cloudy, amount: 0.14, size: random.between(0.8, 3)};
	const colour = () => rgb(random.pick(surroundings));
	const offset = random.between(0, 1);
	const whole = rectangle([0, 0], [1, 1]);
	canvas.fill(whole, {...brush, paint: rough(colour(), {...texture, offset})});
	if (random.chance(0.6)) {
		const edge = random.between(0.2, 0.8);
		const lean = random.between(-0.25, 0.25);
		const lower: Outline = [0, edge - lean, 1, edge + lean, 1, 1, 0, 1];
		canvas.fill(lower, {
			...brush,
			paint: rough(colour(), {...texture, offset}),
		});
	}

	for (let count = random.integer(0, 6); count > 0; count--) {
		const paint = plain(
			mix(rgb(random.pick(loud)), [0.5, 0.5, 0.5], random.between(0, 0.5)),
		);
		canvas.fill(clutter(random), {...brush, paint});
	}

	for (let count = random.integer(0, 8); count > 0; count--) {
		const radius = random.between(0.03, 0.12);
		const leaf = scale(rgb(0x3c_74_30), random.between(0.6, 1.3));
		const outline = blob(random, anywhere(random), [radius, radius]);
		canvas.fill(outline, {...brush, paint: plain(leaf)});
	}
}

/** A disc, a box or a bar, somewhere. */
function clutter(random: Random): Outline {
	const at = anywhere(random);
	const size = random.between(0.04, 0.2);
	return random.pick([
		() => disc(at, size / 2),
		() => rectangle(at, [size, size * random.between(0.4, 1.6)]),
		() => limb(at, anywhere(random), size * 0.12),
		() => blob(random, at, [size, size * 0.6], {corners: 5, wobble: 0.3}),
	])();
}

type Subject = {pose: Pose; brush: Air};

function paintPole(
	canvas: Canvas,
	random: Random,
	{pose, brush}: Subject,
): void {
	if (random.chance(0.75)) {
		const [x, y] = pose.centre;
		const grey = scale(rgb(0x9a_9e_a2), random.between(0.6, 1.1));
		const foot: Point = [x + random.between(-0.04, 0.04), 1.1];
		const pole = limb([x, y], foot, random.between(0.018, 0.035));
		canvas.fill(pole, {...brush, paint: plain(grey)});
	}
}

/** The shadow of something outside the picture, with a straight edge. */
function castShade(canvas: Canvas, random: Random): void {
	if (random.chance(0.35)) {
		const [x1, x2] = [random.between(0, 1), random.between(0, 1)];
		const side = random.pick([-2, 3]);
		canvas.castShadow(
			[x1, 0, x2, 1, side, 1, side, 0],
			random.between(0.25, 0.55),
		);
		canvas.applyShadows();
	}
}

/** A leaf, a twig or a sticker over the sign's edge: never over what tells the classes apart. */
function paintOccluder(
	canvas: Canvas,
	random: Random,
	{pose: {centre, radius}, brush}: Subject,
): void {
	for (let count = random.pick([0, 0, 1, 1, 2]); count > 0; count--) {
		const angle = random.between(0, 2 * Math.PI);
		const distance = radius * random.between(0.85, 1.25);
		const at: Point = [
			centre[0] + distance * Math.cos(angle),
			centre[1] + distance * Math.sin(angle),
		];
		const size = radius * random.between(0.15, 0.4);
		const color = rgb(random.pick([0x3c_74_30, 0x4c_3c_2c, ...loud]));
		const outline = random.chance(0.6)
			? blob(random, at, [size, size * random.between(0.5, 1)])
			: limb(at, [at[0] + size * 2, at[1] - size * 1.5], size * 0.14);
		canvas.fill(outline, {...brush, paint: plain(color)});
	}
}
