import {readFile} from 'node:fs/promises';
import sharp from 'sharp';
import {describe, expect, it} from 'vitest';
import {streetClasses} from '../../../models/street/classes.js';
import {demoScene} from '../../../models/street/demo-scene.js';
import {generateScene} from '../../../models/street/scene.js';

const fixture = (name: string) =>
	new URL(`../../../fixtures/demo/${name}`, import.meta.url);

const decode = async (name: string) =>
	sharp(await readFile(fixture(name)))
		.raw()
		.toBuffer({resolveWithObject: true});

describe('the demo', () => {
	const {image, segmentation} = generateScene(demoScene);

	it('shows the picture that the generator paints for its seed', async () => {
		const {data, info} = await decode('street.png');
		expect(info).toMatchObject({width: 576, height: 384, channels: 3});
		// Mathematical functions may differ in their last bit between machines.
		const different = data.filter(
			(value, index) => Math.abs(value - image.data[index]) > 1,
		);
		expect(different.length / data.length).toBeLessThan(0.001);
	});

	it('has the segmentation of its seed', async () => {
		const {data, info} = await decode('street-segmentation.png');
		const colors = streetClasses.map(({color}) => color);
		const labels = segmentation.labels.map((_, index) => {
			const at = index * info.channels;
			return colors.indexOf(
				(data[at] << 16) | (data[at + 1] << 8) | data[at + 2],
			);
		});
		const different = labels.filter(
			(each, index) => each !== segmentation.labels[index],
		);
		expect(different.length / labels.length).toBeLessThan(0.001);
	});

	it.each([
		'../../fixtures/demo/street.json',
		'../../models/street/palette.json',
	])('names every class in its palette %s', async (file) => {
		const text = await readFile(new URL(`../${file}`, import.meta.url), 'utf8');
		expect(JSON.parse(text)).toEqual({
			name: 'Street',
			classes: streetClasses.map(({id, name, color}) => ({
				id,
				name,
				color: [color >> 16, (color >> 8) & 255, color & 255],
			})),
		});
	});
});
