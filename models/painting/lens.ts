import {type Image} from '../../source/raster/image.js';
import {type Rgb} from './color.js';
import {seeded, type Random} from './random.js';

/** What stands between the light and the file. */
export type Lens = {
	/** Deviation of the blur, in picture heights. */
	readonly blur: number;
	/** Deviation of the sensor's noise, 0–1. */
	readonly noise: number;
	/** Exposure and colour temperature: a factor for each channel. */
	readonly gain: Rgb;
	/** Above 1 for more, below for less. */
	readonly contrast: number;
	/** How much darker the corners are, 0–1. */
	readonly vignette: number;
};

/** Enough normal numbers that nobody sees them come round again. */
const grain = (() => {
	const random = seeded(7);
	return Float32Array.from({length: 65_536}, () => random.normal(0, 1));
})();

/** Develops colours `[height, width, 3]`, 0–1, into a picture. */
export function develop(
	random: Random,
	colors: Float32Array,
	{width, height, lens}: {width: number; height: number; lens: Lens},
): Image {
	const sharp = blur(colors, {width, height, deviation: lens.blur * height});
	// Rounds and clamps by itself.
	const data = new Uint8ClampedArray(colors.length);
	let speck = random.integer(0, grain.length - 1);
	for (let y = 0; y < height; y++) {
		for (let x = 0; x < width; x++) {
			const fromCentre =
				((2 * x) / width - 1) ** 2 + ((2 * y) / height - 1) ** 2;
			const shade = 1 - lens.vignette * 0.5 * fromCentre;
			for (let channel = 0; channel < 3; channel++) {
				const index = (y * width + x) * 3 + channel;
				const exposed = sharp[index] * lens.gain[channel] * shade;
				const toned = 0.45 + (exposed - 0.45) * lens.contrast;
				// A step that shares no factor with the table's length visits all of it.
				speck = (speck + 40_503) & 0xff_ff;
				data[index] = (toned + grain[speck] * lens.noise) * 255;
			}
		}
	}

	return {width, height, data: new Uint8Array(data.buffer)};
}

/** A Gaussian, one direction after the other; the edge repeats. */
function blur(
	colors: Float32Array,
	{
		width,
		height,
		deviation,
	}: {width: number; height: number; deviation: number},
): Float32Array {
	if (deviation < 0.25) {
		return colors;
	}

	const radius = Math.ceil(deviation * 2.5);
	const weights = Float32Array.from({length: 2 * radius + 1}, (_, index) =>
		Math.exp(-0.5 * ((index - radius) / deviation) ** 2),
	);
	const total = weights.reduce((sum, weight) => sum + weight, 0);
	const kernel = weights.map((weight) => weight / total);
	const along = (source: Float32Array, {step, count, lines, stride}: Pass) => {
		const result = new Float32Array(source.length);
		for (let line = 0; line < lines; line++) {
			for (let at = 0; at < count; at++) {
				const target = line * stride + at * step;
				for (let tap = -radius; tap <= radius; tap++) {
					const from =
						line * stride + Math.min(count - 1, Math.max(0, at + tap)) * step;
					const weight = kernel[tap + radius];
					result[target] += source[from] * weight;
					result[target + 1] += source[from + 1] * weight;
					result[target + 2] += source[from + 2] * weight;
				}
			}
		}

		return result;
	};

	const rows = {step: 3, count: width, lines: height, stride: width * 3};
	const columns = {step: width * 3, count: height, lines: width, stride: 3};
	return along(along(colors, rows), columns);
}

/** How one direction of a picture is walked, in array elements. */
type Pass = {step: number; count: number; lines: number; stride: number};
