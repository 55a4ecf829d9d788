import {mix, rgb, scale, vary, type Rgb} from '../painting/color.js';
import {type Lens} from '../painting/lens.js';
import {type Random} from '../painting/random.js';

/** The sun and the sky, and what they do to everything below. */
export type Weather = {
	readonly zenith: Rgb;
	readonly horizon: Rgb;
	readonly clouds: {
		/** 0 for a blue sky, 1 for a closed one. */
		readonly cover: number;
		readonly lit: Rgb;
		readonly dark: Rgb;
	};
	/** Towards the sun: x to the right, y up, z away from the viewer; of length 1. */
	readonly sun: readonly [number, number, number];
	/** How much of the light comes from the sun, 0–1. */
	readonly directness: number;
	/** What falls on everything that doesn't glow. */
	readonly light: Rgb;
	/** The share of a thing's colour that the air takes every metre. */
	readonly haze: number;
	/** How likely a window is lit from inside. */
	readonly lamps: number;
	readonly lens: Lens;
};

type Kind = {
	/** How many of ten days are like this. */
	readonly share: number;
	readonly zenith: readonly number[];
	readonly horizon: readonly number[];
	readonly cover: readonly [number, number];
	readonly cloud: readonly [lit: number, dark: number];
	readonly directness: readonly [number, number];
	readonly light: Rgb;
	readonly haze: readonly [number, number];
	readonly lamps: number;
};

const kinds: Readonly<Record<string, Kind>> = {
	blue: {
		share: 4,
		zenith: [0x3f_7e_cb, 0x2f_6d_c4, 0x58_96_d6],
		horizon: [0xbf_dc_ef, 0xcf_e4_f0, 0xa9_cf_ea],
		cover: [0.05, 0.5],
		cloud: [0xff_ff_ff, 0xb4_c2_d2],
		directness: [0.75, 1],
		light: [1.02, 1, 0.96],
		haze: [0.0008, 0.004],
		lamps: 0,
	},
	closed: {
		share: 2,
		zenith: [0x8d_99_a6, 0x9a_a4_ad, 0x7d_89_98],
		horizon: [0xc9_cf_d4, 0xd5_d6_d4],
		cover: [0.8, 1],
		cloud: [0xd9_dd_e0, 0x8b_94_9e],
		directness: [0, 0.2],
		light: [0.84, 0.86, 0.89],
		haze: [0.003, 0.009],
		lamps: 0.1,
	},
	fog: {
		share: 1,
		zenith: [0xa9_b3_ba, 0xb9_c0_c2],
		horizon: [0xc6_cb_cc, 0xb5_bf_c4, 0xcf_ca_c0],
		cover: [0.2, 0.5],
		cloud: [0xc8_cd_d0, 0xac_b4_ba],
		directness: [0, 0.15],
		light: [0.85, 0.86, 0.87],
		haze: [0.014, 0.032],
		lamps: 0.2,
	},
	lowSun: {
		share: 2,
		zenith: [0x5b_7f_b8, 0x6f_86_b4, 0x84_8c_b4],
		horizon: [0xf6_d3_9d, 0xf3_bf_8a, 0xf4_dc_b2],
		cover: [0.1, 0.6],
		cloud: [0xff_e2_bd, 0xb8_92_93],
		directness: [0.7, 1],
		light: [1.04, 0.93, 0.78],
		haze: [0.002, 0.006],
		lamps: 0.15,
	},
	dusk: {
		share: 1,
		zenith: [0x26_2e_5c, 0x3a_36_66, 0x22_3a_62],
		horizon: [0xe2_92_6e, 0xc9_80_88, 0xd8_a4_7c, 0x8a_92_b4],
		cover: [0.1, 0.6],
		cloud: [0xd4_91_8c, 0x4d_46_6c],
		directness: [0.1, 0.35],
		light: [0.5, 0.47, 0.56],
		haze: [0.002, 0.006],
		lamps: 0.45,
	},
};

const days = Object.values(kinds).flatMap((kind) =>
	Array.from({length: kind.share}, () => kind),
);

/** A day, from noon to dusk, and a camera's way of taking it. */
export function chooseWeather(random: Random): Weather {
	const kind = random.pick(days);
	const between = ([low, high]: readonly [number, number]) =>
		random.between(low, high);
	const elevation = random.between(0.5, 1.15);
	// Never quite from the side: a flat figure's shadow would be a line.
	const ahead = random.between(0.35, 0.9) * (random.chance(0.4) ? 1 : -1);
	const aside = Math.sqrt(1 - ahead ** 2) * (random.chance(0.5) ? 1 : -1);
	return {
		zenith: vary(random, rgb(random.pick(kind.zenith)), 0.06),
		horizon: vary(random, rgb(random.pick(kind.horizon)), 0.04),
		clouds: {
			cover: between(kind.cover),
			lit: rgb(kind.cloud[0]),
			dark: rgb(kind.cloud[1]),
		},
		sun: [
			aside * Math.cos(elevation),
			Math.sin(elevation),
			ahead * Math.cos(elevation),
		],
		directness: between(kind.directness),
		light: scale(kind.light, random.between(0.9, 1.05)),
		haze: between(kind.haze),
		lamps: kind.lamps,
		lens: chooseLens(random),
	};
}

function chooseLens(random: Random): Lens {
	const warmth = random.normal(0, 0.035);
	const exposure = random.between(0.9, 1.08);
	return {
		blur: random.chance(0.5) ? random.between(0, 0.006) : 0,
		noise: random.between(0.004, 0.03),
		gain: [
			exposure * (1 + warmth),
			exposure * random.between(0.985, 1.015),
			exposure * (1 - warmth),
		],
		contrast: random.between(0.92, 1.12),
		vignette: random.between(0, 0.2),
	};
}

/** How brightly a surface with this normal is lit, about 0.6–1.15. */
export function brightness(
	{sun, directness}: Weather,
	[x, y, z]: readonly [number, number, number],
): number {
	const facing = Math.max(0, x * sun[0] + y * sun[1] + z * sun[2]);
	return 0.62 + 0.26 * (1 - directness) + 0.5 * directness * facing + 0.08 * y;
}

/** What a mirror lying on the ground shows. */
export function reflection(weather: Weather): Rgb {
	return mix(
		weather.horizon,
		mix(weather.zenith, weather.clouds.lit, weather.clouds.cover * 0.6),
		0.45,
	);
}
