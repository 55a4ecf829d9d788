import {type Canvas} from '../painting/canvas.js';
import {mix, rgb} from '../painting/color.js';
import {disc, ellipse, limb, type Point} from '../painting/outline.js';
import {plain, round} from '../painting/paints.js';
import {type Random} from '../painting/random.js';
import {cloudy, sample} from '../painting/texture.js';
import {type Camera} from './camera.js';
import {label} from './classes.js';
import {type Weather} from './weather.js';

/** Paints the sky down to the horizon, its clouds, the sun, and now and then a balloon: a disc in the sky is sky. */
export function paintSky(
	canvas: Canvas,
	random: Random,
	{camera, weather}: {camera: Camera; weather: Weather},
): void {
	const {zenith, horizon, clouds} = weather;
	const drift = random.between(0, 1);
	const stretch = random.between(0.7, 1.3);
	const threshold = 1.5 - 3 * clouds.cover;
	const sun = chooseSun(random, {camera, weather});
	const {dark, lit} = clouds;
	canvas.cover({top: 0, bottom: camera.horizon}, (y) => {
		const below = y / camera.horizon;
		const clear = mix(zenith, horizon, below ** 1.6);
		// Clouds hang on a ceiling: towards the horizon they are small and flat.
		const ceiling = 0.2 / (1.12 - below);
		const v = ceiling * 1.6 + drift;
		const density = 0.75 * (1 - 0.6 * below ** 1.6);

		const paint = (x: number, ink: Float32Array) => {
			const u = (x - camera.centre) * ceiling * stretch + drift;
			const mass = sample(cloudy, u, v) - threshold;
			const cloud = Math.min(0.95, Math.max(0, mass * density));
			// The side away from the sun, and the thick middle, are dark.
			const relief =
				cloud > 0
					? sample(cloudy, u + 0.02 * weather.sun[0], v - 0.02) - threshold
					: 0;
			const shine = Math.min(
				1,
				Math.max(0, 0.85 + (mass - relief) * 0.6 - mass * 0.18),
			);
			const glow = sun ? glowAt(sun, x, y) : 0;
			for (let channel = 0; channel < 3; channel++) {
				const colour = dark[channel] + (lit[channel] - dark[channel]) * shine;
				const open = clear[channel] + (colour - clear[channel]) * cloud;
				ink[channel] = open + (1.06 - open) * glow;
			}

			return label.sky;
		};

		return {haze: 0, paint};
	});
	if (random.chance(0.22)) {
		paintBalloon(canvas, random, camera);
	}

	if (random.chance(0.3)) {
		paintBirds(canvas, random, camera);
	}
}

/** Where the sun stands in the picture, if it is in it: on the side that the shadows come from. */
function chooseSun(
	random: Random,
	{camera, weather: {sun, directness}}: {camera: Camera; weather: Weather},
): Point | undefined {
	const inView = sun[2] > 0 && directness > 0.4 && random.chance(0.75);
	const aside = Math.min(
		0.65,
		Math.max(-0.65, (camera.focal * sun[0]) / sun[2]),
	);
	const y = camera.horizon * random.between(0.12, 0.4);
	return inView ? [camera.centre + aside, y] : undefined;
}

/** The sun's disc and the light around it, 0–1. */
function glowAt([sunX, sunY]: Point, x: number, y: number): number {
	const distance = Math.hypot(x - sunX, y - sunY);
	if (distance < 0.028) {
		return 1;
	}

	return distance < 0.4 ? 0.55 * (1 - distance / 0.4) ** 3 : 0;
}

const balloonColors = [
	0xe5_30_2a, 0xf2_c1_1d, 0x2c_62_c8, 0x3d_9b_4a, 0xf0_f0_ee,
];

function paintBalloon(canvas: Canvas, random: Random, camera: Camera): void {
	const x = random.between(0.08, 1.42);
	const y = random.between(0.06, camera.horizon * 0.6);
	const radius = random.between(0.016, 0.042);
	const color = rgb(random.pick(balloonColors));
	const air = {label: label.sky, haze: 0.08, frame: {x, y, scale: 1}};
	const basket = y + radius * 1.75;
	for (const side of [-1, 1]) {
		const rope = limb(
			[x + side * radius * 0.55, y + radius * 0.7],
			[x + side * radius * 0.16, basket],
			radius * 0.03,
		);
		canvas.fill(rope, {...air, paint: plain(rgb(0x6b_5a_48))});
	}

	const wicker = ellipse([x, basket], [radius * 0.22, radius * 0.2]);
	canvas.fill(wicker, {...air, paint: plain(rgb(0x7a_55_35))});
	canvas.fill(disc([x, y], radius, 32), {
		...air,
		paint: round(color, {
			centre: [0, 0],
			radius: [radius, radius],
			light: [0.4, 0.8],
			amount: 0,
		}),
	});
}

function paintBirds(canvas: Canvas, random: Random, camera: Camera): void {
	const brush = {
		label: label.sky,
		haze: 0.3,
		frame: {x: 0, y: 0, scale: 1},
		paint: plain([0.12, 0.13, 0.16]),
	};
	const middle = random.between(0.2, 1.3);
	for (let count = random.integer(3, 8); count > 0; count--) {
		const x = middle + random.normal(0, 0.07);
		const y = Math.abs(random.normal(camera.horizon * 0.35, 0.04));
		const span = random.between(0.006, 0.012);
		for (const side of [-1, 1]) {
			const tip = [x + side * span, y - span * 0.55] as const;
			canvas.fill(limb([x, y], tip, 0.0018, 0.0006), brush);
		}
	}
}
