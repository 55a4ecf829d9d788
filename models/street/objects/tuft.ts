import {mix, rgb, scale, type Rgb} from '../../painting/color.js';
import {disc} from '../../painting/outline.js';
import {upwards, plain} from '../../painting/paints.js';
import {type Random} from '../../painting/random.js';
import {label} from '../classes.js';
import {type Weather} from '../weather.js';
import {standUp, type Shape, type Thing} from './thing.js';

const petals = [0xf4_f0_e4, 0xf0_c8_28, 0xc8_50_78, 0x7a_6a_c8, 0xd8_38_2c];

/** A few blades of grass near the viewer, flowers among them where they bloom. */
export function tuft(
	random: Random,
	{
		x,
		z,
		weather,
		meadow,
		flowers,
	}: {x: number; z: number; weather: Weather; meadow: Rgb; flowers: boolean},
): Thing {
	const shapes: Shape[] = [];
	const light = 0.9 + 0.25 * weather.directness;
	const root = scale(meadow, light * 0.72);
	const tip = scale(mix(meadow, rgb(0xd0_d0_70), 0.22), light);
	for (let count = random.integer(4, 8); count > 0; count--) {
		const u = random.between(-0.22, 0.22);
		const height = random.between(0.14, 0.34);
		const lean = u * 0.6 + random.between(-0.08, 0.08);
		shapes.push({
			outline: [u - 0.025, 0, u + 0.025, 0, u + lean, height],
			paint: upwards(root, tip, {bottom: 0, top: height}),
		});
	}

	if (flowers && random.chance(0.5)) {
		const color = scale(rgb(random.pick(petals)), light * 0.95);
		for (let count = random.integer(1, 3); count > 0; count--) {
			const at = [
				random.between(-0.2, 0.2),
				random.between(0.15, 0.32),
			] as const;
			shapes.push({outline: disc(at, 0.045, 8), paint: plain(color)});
		}
	}

	return {
		x,
		z,
		parts: standUp(shapes, {x, z, label: label.grass, castsShadow: false}),
	};
}
