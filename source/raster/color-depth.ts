import {type Cells, attribute, defaultColor, paletteColor} from './cells.js';
import {type Color} from './image.js';

/** The terminal colours that all emulators agree on: 16–231 are a 6×6×6 cube of these levels, 232–255 greys. */
const cubeLevels = [0, 95, 135, 175, 215, 255];

/** The colour of entry 16–255 of xterm's palette; the first 16 are the user's own. */
export const xtermColor = (index: number): Color => {
	if (index >= 232) {
		const grey = 8 + 10 * (index - 232);
		return (grey << 16) | (grey << 8) | grey;
	}

	const cube = index - 16;
	return (
		(cubeLevels[Math.floor(cube / 36)] << 16) |
		(cubeLevels[Math.floor(cube / 6) % 6] << 8) |
		cubeLevels[cube % 6]
	);
};

const linear = Float64Array.from({length: 256}, (_, byte) => {
	const value = byte / 255;
	return value <= 0.040_45 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4;
});

/**
Lightness and the two colour axes of Oklab, where a distance is a difference to the eye.

@see https://bottosson.github.io/posts/oklab/
*/
const oklab = (color: Color): [number, number, number] => {
	const red = linear[(color >> 16) & 255];
	const green = linear[(color >> 8) & 255];
	const blue = linear[color & 255];
	const long = Math.cbrt(
		0.412_221_470_8 * red + 0.536_332_536_3 * green + 0.051_445_992_9 * blue,
	);
	const medium = Math.cbrt(
		0.211_903_498_2 * red + 0.680_699_545_1 * green + 0.107_396_956_6 * blue,
	);
	const short = Math.cbrt(
		0.088_302_461_9 * red + 0.281_718_837_6 * green + 0.629_978_700_5 * blue,
	);
	return [
		0.210_454_255_3 * long + 0.793_617_785 * medium - 0.004_072_046_8 * short,
		1.977_998_495_1 * long - 2.428_592_205 * medium + 0.450_593_709_9 * short,
		0.025_904_037_1 * long + 0.782_771_766_2 * medium - 0.808_675_766 * short,
	];
};

const palette = Array.from({length: 256}, (_, index) =>
	oklab(index < 16 ? 0 : xtermColor(index)),
);

const lowerLevel = (byte: number): number => {
	const level = cubeLevels.findLastIndex((candidate) => candidate <= byte);
	return Math.min(level, 4);
};

/** The palette's neighbours of a colour: the corners of its cube, and the greys about as light. */
const candidates = (color: Color): number[] => {
	const red = (color >> 16) & 255;
	const green = (color >> 8) & 255;
	const blue = color & 255;
	const corner =
		16 + 36 * lowerLevel(red) + 6 * lowerLevel(green) + lowerLevel(blue);
	const lightness = (2 * red + 3 * green + blue) / 6;
	const grey = Math.min(23, Math.max(0, Math.round((lightness - 8) / 10)));
	return [
		...[0, 1, 6, 7, 36, 37, 42, 43].map((step) => corner + step),
		...[grey - 1, grey, grey + 1]
			.filter((step) => step >= 0 && step < 24)
			.map((step) => 232 + step),
	];
};

// Six bits a channel: finer than the palette by far, and small enough to keep.
const nearest = new Uint8Array(1 << 18);

/** The entry (16–255) of xterm's palette that looks nearest to a colour. */
export const nearestXterm = (color: Color): number => {
	const key =
		(((color >> 18) & 63) << 12) |
		(((color >> 10) & 63) << 6) |
		((color >> 2) & 63);
	if (nearest[key] === 0) {
		const [lightness, a, b] = oklab(color);
		let best = Number.POSITIVE_INFINITY;
		for (const index of candidates(color)) {
			const entry = palette[index];
			const distance =
				(entry[0] - lightness) ** 2 + (entry[1] - a) ** 2 + (entry[2] - b) ** 2;
			if (distance < best) {
				best = distance;
				nearest[key] = index;
			}
		}
	}

	return nearest[key];
};

/** Cells in 24-bit colour brought to xterm's 256; default and palette colours stay. */
export const quantize256 = (cells: Cells): Cells => {
	const quantize = (color: number): number =>
		color >= 0 ? paletteColor(nearestXterm(color)) : color;
	return {
		...cells,
		foreground: cells.foreground.map((color) => quantize(color)),
		background: cells.background.map((color) => quantize(color)),
	};
};

/** From dark to light. */
const ramp = ' .:-=+*#%@';

/** How light a colour looks, 0–1 (Rec. 709 luma). */
const luma = (color: Color): number =>
	(0.2126 * ((color >> 16) & 255) +
		0.7152 * ((color >> 8) & 255) +
		0.0722 * (color & 255)) /
	255;

/** A picture's cell as a character of the ramp; other glyphs stay. */
const shade = ({glyphs, foreground, background}: Cells): string[] =>
	glyphs.map((glyph, cell) => {
		const isHalfBlock = glyph === '▀';
		const below = background[cell];
		const above = isHalfBlock ? foreground[cell] : below;
		const shades = [above, below].filter((color) => color >= 0);
		if ((!isHalfBlock && glyph !== ' ') || shades.length === 0) {
			return glyph;
		}

		const light =
			shades.reduce((sum, color) => sum + luma(color), 0) / shades.length;
		return ramp[Math.round(light * (ramp.length - 1))];
	});

/** Cells for a terminal without colour: half blocks become a ramp of ASCII characters, marked where the picture says with what; text keeps its glyphs and attributes. */
export const withoutColor = (cells: Cells): Cells => {
	const glyphs = shade(cells);
	const attributes = Uint8Array.from(cells.attributes);
	for (const [cell, glyph] of cells.plain?.() ?? []) {
		glyphs[cell] = glyph;
		attributes[cell] = attribute.inverse;
	}

	return {
		...cells,
		glyphs,
		attributes,
		foreground: cells.foreground.map(() => defaultColor),
		background: cells.background.map(() => defaultColor),
	};
};
