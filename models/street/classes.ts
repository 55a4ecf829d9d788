import {type SegmentationClass} from '../../source/raster/segmentation.js';

const classes = [
	{name: 'sky', color: 0x82_b4_f0},
	{name: 'building', color: 0x9a_6e_5a},
	{name: 'tree', color: 0x14_64_1e},
	{name: 'grass', color: 0x78_c8_50},
	{name: 'road', color: 0x5a_5a_64},
	{name: 'car', color: 0x28_3c_dc},
	{name: 'person', color: 0xe6_28_3c},
	{name: 'sign', color: 0xff_d7_28},
];

/** What a pixel of a street scene can be, in the order of the network's channels. */
export const streetClasses: readonly SegmentationClass[] = classes.map(
	(each, id) => ({id, ...each}),
);

/** The label that a part of the scene paints. */
export const label = {
	sky: 0,
	building: 1,
	tree: 2,
	grass: 3,
	road: 4,
	car: 5,
	person: 6,
	sign: 7,
} as const;

export type Label = (typeof label)[keyof typeof label];
