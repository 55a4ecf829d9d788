import {vocColor, type Palette} from './palette.js';

const names = [
	'background',
	'aeroplane',
	'bicycle',
	'bird',
	'boat',
	'bottle',
	'bus',
	'car',
	'cat',
	'chair',
	'cow',
	'diningtable',
	'dog',
	'horse',
	'motorbike',
	'person',
	'pottedplant',
	'sheep',
	'sofa',
	'train',
	'tvmonitor',
];

/**
PASCAL VOC 2012: 20 kinds of object, the background, and the void around each object.

@see http://host.robots.ox.ac.uk/pascal/VOC/voc2012/segexamples/
*/
export const voc: readonly Palette[] = [
	{
		name: 'VOC',
		hasBackground: true,
		classes: [
			...names.map((name, id) => ({id, name, color: vocColor(id)})),
			{id: 255, name: 'void', color: 0xe0_e0_c0},
		],
	},
];
