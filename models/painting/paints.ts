import {type Paint} from './canvas.js';
import {type Rgb} from './color.js';
import {grainy, sample, type Texture} from './texture.js';

/** One colour. */
export function plain([red, green, blue]: Rgb): Paint {
	return (_u, _v, ink) => {
		ink[0] = red;
		ink[1] = green;
		ink[2] = blue;
	};
}

/** One colour, lighter and darker by a texture that repeats every `size` units. */
export function rough(
	[red, green, blue]: Rgb,
	{
		amount,
		size,
		texture = grainy,
		offset = 0,
	}: {amount: number; size: number; texture?: Texture; offset?: number},
): Paint {
	return (u, v, ink) => {
		const light =
			1 + amount * sample(texture, u / size + offset, v / size + offset);
		ink[0] = red * light;
		ink[1] = green * light;
		ink[2] = blue * light;
	};
}

/** From one colour at height `bottom` to another at `top`. */
export function upwards(
	lower: Rgb,
	upper: Rgb,
	{bottom, top}: {bottom: number; top: number},
): Paint {
	return (_u, v, ink) => {
		const t = Math.min(1, Math.max(0, (v - bottom) / (top - bottom)));
		ink[0] = lower[0] + (upper[0] - lower[0]) * t;
		ink[1] = lower[1] + (upper[1] - lower[1]) * t;
		ink[2] = lower[2] + (upper[2] - lower[2]) * t;
	};
}

/** A ball of one colour: lighter towards the light `[lu, lv]`, darker away from it, over a texture. */
export function round(
	[red, green, blue]: Rgb,
	{
		centre,
		radius,
		light,
		amount = 0.08,
		size = 1.5,
		contrast = 0.35,
	}: {
		centre: readonly [number, number];
		radius: readonly [number, number];
		light: readonly [number, number];
		amount?: number;
		size?: number;
		contrast?: number;
	},
): Paint {
	const lu = (light[0] * contrast) / radius[0];
	const lv = (light[1] * contrast) / radius[1];
	return (u, v, ink) => {
		const value =
			1 +
			(u - centre[0]) * lu +
			(v - centre[1]) * lv +
			amount * sample(grainy, u / size, v / size);
		ink[0] = red * value;
		ink[1] = green * value;
		ink[2] = blue * value;
	};
}
