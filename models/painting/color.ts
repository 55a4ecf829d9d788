import {type Random} from './random.js';

/** Red, green and blue, 0–1 each (sRGB, as painters mix). */
export type Rgb = readonly [red: number, green: number, blue: number];

/** `0xRRGGBB` as a colour. */
export function rgb(hex: number): Rgb {
	return [(hex >> 16) / 255, ((hex >> 8) & 255) / 255, (hex & 255) / 255];
}

/** From `a` at 0 to `b` at 1. */
export function mix(a: Rgb, b: Rgb, amount: number): Rgb {
	return [
		a[0] + (b[0] - a[0]) * amount,
		a[1] + (b[1] - a[1]) * amount,
		a[2] + (b[2] - a[2]) * amount,
	];
}

/** Brighter above 1, darker below. */
export function scale(color: Rgb, factor: number): Rgb {
	return [color[0] * factor, color[1] * factor, color[2] * factor];
}

/** Channel by channel, as a light of colour `b` falls on `a`. */
export function multiply(a: Rgb, b: Rgb): Rgb {
	return [a[0] * b[0], a[1] * b[1], a[2] * b[2]];
}

/** A colour near the given one: each channel moves by up to `amount`, brightness too. */
export function vary(random: Random, color: Rgb, amount: number): Rgb {
	const factor = random.between(1 - amount, 1 + amount);
	const channel = (value: number) =>
		value * factor + random.between(-amount, amount) * 0.4;
	return [channel(color[0]), channel(color[1]), channel(color[2])];
}
