import {type Canvas} from '../painting/canvas.js';
import {mix, rgb, vary, type Rgb} from '../painting/color.js';
import {type Random} from '../painting/random.js';
import {cloudy, grainy, sample} from '../painting/texture.js';
import {distanceAt} from './camera.js';
import {label} from './classes.js';
import {type Place} from './place.js';
import {type Weather} from './weather.js';

const meadows = [
	0x55_8a_36, 0x6a_96_3c, 0x47_7a_34, 0x7f_9a_48, 0x9a_9a_50, 0xa8_94_58,
];

const asphalts = [0x58_5a_5e, 0x66_66_66, 0x4c_4e_53, 0x70_6c_68];

const slabs = [0xa8_a4_9c, 0x9c_9a_98, 0xb2_a8_98];

/** The colours of a place. */
export type Ground = {
	readonly meadow: Rgb;
	readonly asphalt: Rgb;
	readonly slab: Rgb;
	readonly paint: Rgb;
};

export function chooseGround(random: Random): Ground {
	return {
		meadow: vary(random, rgb(random.pick(meadows)), 0.1),
		asphalt: vary(random, rgb(random.pick(asphalts)), 0.08),
		slab: vary(random, rgb(random.pick(slabs)), 0.06),
		paint: [0.9, 0.9, random.between(0.78, 0.88)],
	};
}

/** Paints everything below the horizon: meadow, road with its lines, kerb and pavement. */
export function paintGround(
	canvas: Canvas,
	{camera, weather, ground, roads}: Place,
): void {
	const {light} = weather;
	const straw = mix(ground.meadow, rgb(0xb8_a4_5c), 0.5);
	const kerb = mix(ground.slab, [1, 1, 1], 0.3);

	const meadow: Surface = (x, z, ink) => {
		const patch = sample(cloudy, x / 40, z / 40);
		const blades =
			sample(grainy, x * 0.55, z * 0.3) * Math.min(1, 6 / z) +
			sample(grainy, x / 5, z / 9) * 0.6 * Math.min(1, 18 / z);
		const dry = Math.min(0.7, Math.max(0, patch * 0.25));
		tint(
			ink,
			mixInto(ground.meadow, straw, dry),
			1 + 0.05 * patch + 0.13 * blades,
		);
		return label.grass;
	};

	const asphalt: Surface = (x, z, ink) => {
		const stain = sample(cloudy, x / 18, z / 30);
		const grain = sample(grainy, x / 1.4, z / 3) * Math.min(1, 9 / z);
		tint(ink, ground.asphalt, 1 + 0.05 * stain + 0.07 * grain);
		return label.road;
	};

	const pavement: Surface = (x, z, ink) => {
		const joint = fraction(x / 0.9) < 0.07 || fraction(z / 0.9) < 0.07;
		const fade = Math.min(1, 7 / z);
		const slabShade =
			sample(grainy, Math.floor(x / 0.9) * 0.37, Math.floor(z / 0.9) * 0.61) *
			0.04;
		const grain = sample(grainy, x / 1.4, z / 3) * 0.04;
		tint(ink, ground.slab, 1 + (slabShade + grain - (joint ? 0.16 : 0)) * fade);
		return label.road;
	};

	const surface: Surface = (x, z, ink) => {
		let onAsphalt = 0;
		let onKerb = false;
		let onPavement = false;
		let marked = false;
		for (const road of roads) {
			const across = road.acrossAt(x, z);
			const beyond = Math.abs(across) - road.half;
			if (beyond < 0) {
				onAsphalt++;
				marked ||= road.isMarked(across, road.alongAt(x, z));
			} else if (beyond < 0.22) {
				onKerb = true;
			} else if (beyond < road.pavement) {
				onPavement = true;
			}
		}

		if (onAsphalt > 0) {
			asphalt(x, z, ink);
			// Where two roads meet nothing is marked.
			if (marked && onAsphalt === 1) {
				const worn = 0.72 + 0.12 * sample(grainy, x / 3, z / 3);
				for (let channel = 0; channel < 3; channel++) {
					ink[channel] += (ground.paint[channel] - ink[channel]) * worn;
				}
			}

			return label.road;
		}

		if (onKerb) {
			tint(ink, kerb, 1);
			return label.road;
		}

		return onPavement ? pavement(x, z, ink) : meadow(x, z, ink);
	};

	canvas.cover({top: camera.horizon, bottom: 1}, (y) => {
		const z = distanceAt(camera, y);

		const paint = (x: number, ink: Float32Array) => {
			const kind = surface(((x - camera.centre) * z) / camera.focal, z, ink);
			ink[0] *= light[0];
			ink[1] *= light[1];
			ink[2] *= light[2];
			return kind;
		};

		return {haze: hazeAt(weather, z), paint};
	});
}

/** How much of a thing's colour the air between takes, 0–1. */
export function hazeAt({haze}: Weather, distance: number): number {
	return 1 - Math.exp(-haze * Math.min(distance, 400));
}

/** Colours a point of the ground (metres) and says what it is. */
type Surface = (x: number, z: number, ink: Float32Array) => number;

const mixed: [number, number, number] = [0, 0, 0];

/** `mix` without a new colour each time. */
function mixInto(a: Rgb, b: Rgb, amount: number): Rgb {
	mixed[0] = a[0] + (b[0] - a[0]) * amount;
	mixed[1] = a[1] + (b[1] - a[1]) * amount;
	mixed[2] = a[2] + (b[2] - a[2]) * amount;
	return mixed;
}

function tint(ink: Float32Array, color: Rgb, factor: number): void {
	ink[0] = color[0] * factor;
	ink[1] = color[1] * factor;
	ink[2] = color[2] * factor;
}

function fraction(value: number): number {
	return value - Math.floor(value);
}
