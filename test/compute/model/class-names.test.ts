import {describe, expect, test} from 'vitest';
import {nameClasses} from '../../../source/compute/model/class-names.js';

const named = async (palette: string, count: number) => {
	const {classes} = await nameClasses(
		{manifest: {}, labels: undefined},
		count,
		palette,
	);
	return classes.map(({name}) => name);
};

describe('the classes of a network', () => {
	test.each([
		['voc', 21, 'background', 'tvmonitor'],
		['cityscapes', 19, 'road', 'bicycle'],
		['cityscapes', 34, 'unlabeled', 'bicycle'],
		['camvid', 12, 'sky', 'void'],
		['camvid', 11, 'sky', 'bicyclist'],
		['ade20k', 151, 'other', 'flag'],
		['ade20k', 150, 'wall', 'flag'],
	])(
		'of %s, where there are %i, are %s to %s',
		async (palette, count, ...ends) => {
			const names = await named(palette, count);
			expect(names).toHaveLength(count);
			expect([names[0], names.at(-1)]).toEqual(ends);
		},
	);

	test('are numbers where a palette has more of them', async () => {
		expect(await named('camvid', 2)).toEqual(['class 0', 'class 1']);
	});

	test('are what the model says, whatever else a palette is for', async () => {
		const {classes, name} = await nameClasses(
			{manifest: {palette: 'camvid'}, labels: ['drivable']},
			2,
			'voc',
		);
		expect(name).toBe('CamVid');
		expect(classes.map((entry) => entry.name)).toEqual([
			'drivable',
			'building',
		]);
	});
});
