import {type Point} from '../../painting/outline.js';

/** The shape of a car, in metres from its middle, its front to the right. */
export type Body = {
	readonly length: number;
	readonly halfWidth: number;
	/** The lower edge of the windows. */
	readonly belt: number;
	readonly roof: number;
	/** Where the front door ends. */
	readonly pillar: number;
	/** The wheels' distance from the middle. */
	readonly axle: number;
	/** A wheel's radius. */
	readonly wheel: number;
	/** Along and up, from the back's lower edge over the roof to the front's. */
	readonly profile: readonly Point[];
	/** The pieces of the profile (from their first point) that are the rear window and the windscreen. */
	readonly glass: readonly [rear: number, front: number];
};

const saloon: Body = {
	length: 4.4,
	halfWidth: 0.89,
	belt: 0.95,
	roof: 1.45,
	pillar: -0.05,
	axle: 1.33,
	wheel: 0.33,
	profile: [
		[-2.18, 0.22],
		[-2.2, 0.6],
		[-2.14, 0.88],
		[-2, 0.95],
		[-1.42, 0.99],
		[-0.88, 1.39],
		[-0.5, 1.46],
		[0.25, 1.45],
		[0.5, 1.4],
		[1.12, 0.98],
		[1.85, 0.84],
		[2.12, 0.74],
		[2.2, 0.55],
		[2.18, 0.22],
	],
	glass: [4, 8],
};

const hatchback: Body = {
	length: 3.9,
	halfWidth: 0.86,
	belt: 0.95,
	roof: 1.5,
	pillar: -0.1,
	axle: 1.22,
	wheel: 0.32,
	profile: [
		[-1.93, 0.22],
		[-1.95, 0.65],
		[-1.9, 0.98],
		[-1.5, 1.43],
		[-1.2, 1.5],
		[0.1, 1.49],
		[0.35, 1.43],
		[0.98, 0.99],
		[1.6, 0.85],
		[1.88, 0.72],
		[1.95, 0.52],
		[1.93, 0.22],
	],
	glass: [2, 6],
};

const offRoader: Body = {
	length: 4.5,
	halfWidth: 0.94,
	belt: 1.12,
	roof: 1.74,
	pillar: -0.1,
	axle: 1.38,
	wheel: 0.39,
	profile: [
		[-2.22, 0.26],
		[-2.25, 0.75],
		[-2.2, 1.14],
		[-1.95, 1.66],
		[-1.7, 1.74],
		[0.2, 1.73],
		[0.42, 1.68],
		[0.98, 1.15],
		[1.85, 1.06],
		[2.16, 0.94],
		[2.25, 0.62],
		[2.22, 0.26],
	],
	glass: [2, 6],
};

const van: Body = {
	length: 4.9,
	halfWidth: 0.97,
	belt: 1.2,
	roof: 2,
	pillar: 0.45,
	axle: 1.55,
	wheel: 0.34,
	profile: [
		[-2.43, 0.24],
		[-2.45, 0.7],
		[-2.43, 1.22],
		[-2.34, 1.9],
		[-2.2, 2],
		[0.85, 1.99],
		[1.1, 1.92],
		[1.72, 1.22],
		[2.2, 1.02],
		[2.4, 0.86],
		[2.45, 0.6],
		[2.43, 0.24],
	],
	glass: [2, 6],
};

/** Every body; saloons and hatchbacks are what one mostly meets. */
export const bodies: readonly Body[] = [
	saloon,
	saloon,
	hatchback,
	hatchback,
	offRoader,
	van,
];
