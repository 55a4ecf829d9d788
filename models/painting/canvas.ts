import {type Outline} from './outline.js';
import {scale, type Rgb} from './color.js';

/**
Gives the colour at a point, by writing it to `ink`: a call a subpixel leaves no room for an object a call.

`u` and `v` are in the brush's own frame: v grows upwards.
*/
export type Paint = (u: number, v: number, ink: Float32Array) => void;

export type Brush = {
	readonly paint: Paint;
	/** The class of every subpixel it touches. */
	readonly label: number;
	/** What falls on it; a factor for each channel, 1 by default. */
	readonly light?: Rgb;
	/** How much of the colour the air takes, 0–1. */
	readonly haze: number;
	/** Where the paint's (0, 0) lies on the canvas, and how many of its units are one canvas unit. */
	readonly frame: {
		readonly x: number;
		readonly y: number;
		readonly scale: number;
	};
};

/** Subpixels a pixel, in each direction. */
const oversampling = 2;

const ink = new Float32Array(3);
const crossings = new Float64Array(512);

/** Paints polygons at twice the resolution, colour and class together, and averages at the end. One unit is the picture's height; y grows downwards. */
export class Canvas {
	/** Subpixels. */
	readonly width: number;
	/** Subpixels. */
	readonly height: number;
	/** Subpixels a unit. */
	readonly unit: number;
	/** `[height, width, 3]`, 0–1. */
	readonly colors: Float32Array;
	/** `[height, width]`. */
	readonly labels: Uint8Array;
	/** `[height, width]`: how much light the shadows cast so far take, 0–1. */
	readonly shadows: Float32Array;

	constructor(
		/** Pixels of the picture. */
		readonly pixels: {readonly width: number; readonly height: number},
		/** What far things fade to. */
		readonly air: Rgb,
	) {
		this.width = pixels.width * oversampling;
		this.height = pixels.height * oversampling;
		this.unit = this.height;
		this.colors = new Float32Array(this.width * this.height * 3);
		this.labels = new Uint8Array(this.width * this.height);
		this.shadows = new Float32Array(this.width * this.height);
	}

	/** Fills a polygon (even-odd). */
	fill(
		outline: Outline,
		{paint, label, light = [1, 1, 1], haze, frame}: Brush,
	): void {
		const {colors, labels, unit, width, air} = this;
		const [red, green, blue] = scale(light, 1 - haze);
		const [airRed, airGreen, airBlue] = air;
		this.eachSpan(outline, (row, from, to) => {
			const v = (frame.y - (row + 0.5) / unit) * frame.scale;
			for (let column = from; column < to; column++) {
				paint(((column + 0.5) / unit - frame.x) * frame.scale, v, ink);
				const index = row * width + column;
				colors[index * 3] = ink[0] * red + airRed * haze;
				colors[index * 3 + 1] = ink[1] * green + airGreen * haze;
				colors[index * 3 + 2] = ink[2] * blue + airBlue * haze;
				labels[index] = label;
			}
		});
	}

	/** Paints whole rows, from `top` to `bottom` (units). What a row shares is worked out once, then every point is coloured, and its class returned. */
	cover(
		{top, bottom}: {top: number; bottom: number},
		startRow: (y: number) => {
			readonly haze: number;
			readonly paint: (x: number, ink: Float32Array) => number;
		},
	): void {
		const {colors, labels, unit, width} = this;
		const [red, green, blue] = this.air;
		const lastRow = Math.min(this.height, Math.ceil(bottom * unit - 0.5));
		for (let row = Math.ceil(top * unit - 0.5); row < lastRow; row++) {
			const {haze, paint} = startRow((row + 0.5) / unit);
			for (let column = 0; column < width; column++) {
				const index = row * width + column;
				labels[index] = paint((column + 0.5) / unit, ink);
				colors[index * 3] = ink[0] * (1 - haze) + red * haze;
				colors[index * 3 + 1] = ink[1] * (1 - haze) + green * haze;
				colors[index * 3 + 2] = ink[2] * (1 - haze) + blue * haze;
			}
		}
	}

	/** Marks where a polygon takes light away; overlapping shadows don't add up. */
	castShadow(outline: Outline, darkness: number): void {
		this.eachSpan(outline, (row, from, to) => {
			for (
				let index = row * this.width + from;
				index < row * this.width + to;
				index++
			) {
				this.shadows[index] = Math.max(this.shadows[index], darkness);
			}
		});
	}

	/** Darkens what is painted so far by the shadows cast so far. */
	applyShadows(): void {
		const {colors, shadows} = this;
		for (let index = 0; index < shadows.length; index++) {
			const taken = shadows[index];
			if (taken > 0) {
				colors[index * 3] *= 1 - taken;
				colors[index * 3 + 1] *= 1 - taken;
				// The sky still lights what the sun doesn't: shadows are a little blue.
				colors[index * 3 + 2] *= 1 - taken * 0.88;
			}
		}
	}

	/** The picture's colours `[height, width, 3]`: the mean of each pixel's subpixels. */
	averageColors(): Float32Array {
		const {width, height} = this.pixels;
		const row = this.width * 3;
		const result = new Float32Array(width * height * 3);
		for (let y = 0; y < height; y++) {
			for (let x = 0; x < width; x++) {
				const at = y * oversampling * row + x * oversampling * 3;
				for (let channel = 0; channel < 3; channel++) {
					const index = at + channel;
					result[(y * width + x) * 3 + channel] =
						(this.colors[index] +
							this.colors[index + 3] +
							this.colors[index + row] +
							this.colors[index + row + 3]) /
						4;
				}
			}
		}

		return result;
	}

	/** The picture's classes `[height, width]`: what most of a pixel's subpixels are, the first of them where two are equal. */
	majorityLabels(): Uint8Array {
		const {width, height} = this.pixels;
		const {labels} = this;
		const result = new Uint8Array(width * height);
		for (let y = 0; y < height; y++) {
			for (let x = 0; x < width; x++) {
				const at = y * oversampling * this.width + x * oversampling;
				const a = labels[at];
				const b = labels[at + 1];
				const c = labels[at + this.width];
				const d = labels[at + this.width + 1];
				result[y * width + x] =
					a === b || a === c || a === d
						? a
						: b === c || b === d
							? b
							: c === d
								? c
								: a;
			}
		}

		return result;
	}

	/** Calls `paint` with every run of subpixels whose centres lie inside the polygon. */
	private eachSpan(
		outline: Outline,
		paint: (row: number, from: number, to: number) => void,
	): void {
		const {unit, width, height} = this;
		let top = Infinity;
		let bottom = -Infinity;
		for (let index = 1; index < outline.length; index += 2) {
			top = Math.min(top, outline[index]);
			bottom = Math.max(bottom, outline[index]);
		}

		const firstRow = Math.max(0, Math.ceil(top * unit - 0.5));
		const lastRow = Math.min(height - 1, Math.floor(bottom * unit - 0.5));
		for (let row = firstRow; row <= lastRow; row++) {
			const count = cross(outline, (row + 0.5) / unit);
			for (let index = 0; index + 1 < count; index += 2) {
				const from = Math.max(0, Math.ceil(crossings[index] * unit - 0.5));
				const to = Math.min(
					width,
					Math.ceil(crossings[index + 1] * unit - 0.5),
				);
				if (to > from) {
					paint(row, from, to);
				}
			}
		}
	}
}

/** Writes where the line at height `y` crosses the polygon to `crossings`, from left to right; returns how often it does. */
function cross(outline: Outline, y: number): number {
	let count = 0;
	let x1 = outline.at(-2)!;
	let y1 = outline.at(-1)!;
	for (let index = 0; index < outline.length; index += 2) {
		const x2 = outline[index];
		const y2 = outline[index + 1];
		if (y1 <= y !== y2 <= y) {
			const x = x1 + ((y - y1) / (y2 - y1)) * (x2 - x1);
			let place = count++;
			while (place > 0 && crossings[place - 1] > x) {
				crossings[place] = crossings[place - 1];
				place--;
			}

			crossings[place] = x;
		}

		x1 = x2;
		y1 = y2;
	}

	return count;
}
