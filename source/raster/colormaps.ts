import createColormap from 'colormap';
import colorScale from 'colormap/colorScale.js';
import {choose} from '../text.js';
import {type Color} from './image.js';
import {tabulated} from './color-tables.js';

/** A colour map: 256 × RGBA from weight 0 to weight 1. Only the map `alpha` is not opaque throughout. */
export type ColorMap = Uint8Array;

const fromTable = (hexadecimal: string): ColorMap =>
	Uint8Array.from({length: 256 * 4}, (_, index) => {
		const offset = 6 * (index >> 2) + 2 * (index & 3);
		return (index & 3) === 3
			? 255
			: Number.parseInt(hexadecimal.slice(offset, offset + 2), 16);
	});

const fromStops = (name: string): ColorMap =>
	Uint8Array.from(
		createColormap({
			colormap: name,
			nshades: 256,
			format: 'rgba',
			alpha: 1,
		}).flatMap(([red, green, blue, alpha]) => [
			red,
			green,
			blue,
			Math.round(alpha * 255),
		]),
	);

const sources: Readonly<Record<string, () => ColorMap>> = {
	...Object.fromEntries(
		Object.keys(colorScale).map((name) => [name, () => fromStops(name)]),
	),
	...Object.fromEntries(
		Object.entries(tabulated).map(([name, table]) => [
			name,
			() => fromTable(table),
		]),
	),
};

/** The names of all colour maps: every one of the `colormap` package, and the exact turbo and viridis. */
export const colorMapNames: readonly string[] = Object.keys(sources);

const made = new Map<string, ColorMap>();

/**
A colour map by its name.

@throws {UsageError} If no map has this name.
*/
export const colorMap = (name: string): ColorMap => {
	choose('colour map', name, colorMapNames);
	const map = made.get(name) ?? sources[name]();
	made.set(name, map);
	return map;
};

/** The row of a colour map that a weight (0–1) falls on, as an offset into its bytes. */
export const colorMapOffset = (weight: number): number =>
	4 * Math.round(255 * Math.min(1, Math.max(0, weight)));

/** The colour of a weight (0–1), over black where the map is not opaque. */
export const weightColor = (map: ColorMap, weight: number): Color => {
	const offset = colorMapOffset(weight);
	const [red, green, blue] = [0, 1, 2].map((channel) =>
		Math.round((map[offset + channel] * map[offset + 3]) / 255),
	);
	return (red << 16) | (green << 8) | blue;
};
