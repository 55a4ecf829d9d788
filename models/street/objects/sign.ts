import {mix, rgb, scale} from '../../painting/color.js';
import {disc, limb, type Point} from '../../painting/outline.js';
import {plain, upwards} from '../../painting/paints.js';
import {type Random} from '../../painting/random.js';
import {faces, signNames} from '../../signs/faces.js';
import {label} from '../classes.js';
import {brightness, type Weather} from '../weather.js';
import {standUp, type Shape, type Thing} from './thing.js';

const faceBrightness = (weather: Weather) =>
	0.1 + 0.9 * brightness(weather, [0, 0, -1]);

/** A traffic sign's plate, wherever it hangs: on a pole it makes a sign, on a wall a building. */
export function plate(
	random: Random,
	{at: [u, v], radius, weather}: {at: Point; radius: number; weather: Weather},
): Shape[] {
	const light = faceBrightness(weather);
	return faces[random.pick(signNames)].map(({outline, color}) => ({
		outline: outline.map(
			(value, index) => value * radius + (index % 2 === 0 ? u : v),
		),
		paint: plain(scale(mix(color, [0.5, 0.5, 0.5], 0.06), light)),
	}));
}

/** One plate or two on a pole. */
export function sign(
	random: Random,
	{x, z, weather}: {x: number; z: number; weather: Weather},
): Thing {
	const radius = random.between(0.36, 0.52);
	const height = random.between(2.1, 2.7);
	const pole = scale(rgb(0xa4_a8_ac), brightness(weather, [0, 0, -1]));
	const shapes: Shape[] = [
		{
			outline: limb([0, 0], [0, height + radius * 0.8], 0.065, 0.055),
			paint: upwards(scale(pole, 0.75), pole, {bottom: 0, top: 1.5}),
		},
		...plate(random, {at: [0, height], radius, weather}),
	];
	if (random.chance(0.2)) {
		const below = height - radius * 2.05;
		shapes.push(
			...plate(random, {at: [0, below], radius: radius * 0.85, weather}),
		);
	}

	return {
		x,
		z,
		parts: standUp(shapes, {x, z, label: label.sign}),
		footprint: disc([x, z], 0.22, 10),
	};
}
