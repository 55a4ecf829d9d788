import {seeded, type Random} from './random.js';

const size = 256;

/** A square of noise that repeats without a seam: mean 0, deviation 1. */
export type Texture = Float32Array;

/**
Sums octaves of smooth value noise, each with twice the cells and `gain` times the strength of the last.

Made once and looked up afterwards: a scene asks a hundred thousand times.
*/
function weave(
	random: Random,
	{cells, octaves, gain}: {cells: number; octaves: number; gain: number},
): Texture {
	const texture = new Float32Array(size * size);
	let strength = 1;
	for (let octave = 0; octave < octaves; octave++) {
		addOctave(texture, random, {cells: cells << octave, strength});
		strength *= gain;
	}

	return standardize(texture);
}

function addOctave(
	texture: Texture,
	random: Random,
	{cells, strength}: {cells: number; strength: number},
): void {
	const lattice = Float32Array.from({length: cells * cells}, () =>
		random.between(-strength, strength),
	);
	const step = cells / size;
	for (let y = 0; y < size; y++) {
		const row = Math.floor(y * step);
		const below = (row + 1) % cells;
		const fy = smoothstep(y * step - row);
		for (let x = 0; x < size; x++) {
			const column = Math.floor(x * step);
			const right = (column + 1) % cells;
			const fx = smoothstep(x * step - column);
			const top = lattice[row * cells + column] * (1 - fx);
			const bottom = lattice[below * cells + column] * (1 - fx);
			texture[y * size + x] +=
				(top + lattice[row * cells + right] * fx) * (1 - fy) +
				(bottom + lattice[below * cells + right] * fx) * fy;
		}
	}
}

function smoothstep(t: number): number {
	return t * t * (3 - 2 * t);
}

function standardize(texture: Texture): Texture {
	let sum = 0;
	let squares = 0;
	for (const value of texture) {
		sum += value;
		squares += value * value;
	}

	const mean = sum / texture.length;
	const deviation = Math.sqrt(squares / texture.length - mean * mean);
	return texture.map((value) => (value - mean) / deviation);
}

const random = seeded(20_260);

/** Large soft shapes: clouds, stains, the light and dark of a meadow. */
export const cloudy = weave(random, {cells: 4, octaves: 6, gain: 0.55});

/** Fine and even: plaster, asphalt, foliage. */
export const grainy = weave(random, {cells: 32, octaves: 3, gain: 0.8});

/** The texture at a point, repeating every 1 in both directions; bilinear. */
export function sample(texture: Texture, x: number, y: number): number {
	const sx = x * size;
	const sy = y * size;
	const left = Math.floor(sx);
	const top = Math.floor(sy);
	const fx = sx - left;
	const fy = sy - top;
	const x0 = left & (size - 1);
	const x1 = (x0 + 1) & (size - 1);
	const row0 = (top & (size - 1)) * size;
	const row1 = ((top + 1) & (size - 1)) * size;
	const upper = texture[row0 + x0] * (1 - fx) + texture[row0 + x1] * fx;
	const lower = texture[row1 + x0] * (1 - fx) + texture[row1 + x1] * fx;
	return upper * (1 - fy) + lower * fy;
}
