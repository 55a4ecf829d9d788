import {describe, expect, it} from 'vitest';
import {faces, signNames} from '../../../models/signs/faces.js';
import {generateSign} from '../../../models/signs/scene.js';

describe('generateSign', () => {
	it('paints the same sign for the same seed', () => {
		expect(generateSign({seed: 9})).toEqual(generateSign({seed: 9}));
	});

	it('takes the classes in turn', () => {
		const names = signNames.map((_, seed) => generateSign({seed}).name);
		expect(names).toEqual(signNames);
	});

	it('paints every sign of a class differently', () => {
		const pictures = [0, 1, 2].map((round) =>
			generateSign({seed: round * signNames.length}).image.data.join(','),
		);
		expect(new Set(pictures).size).toBe(3);
	});

	it('paints 48 by 48 pixels', () => {
		const {image} = generateSign({seed: 1});
		expect(image).toMatchObject({width: 48, height: 48});
		expect(image.data).toHaveLength(48 * 48 * 3);
	});
});

describe('the faces', () => {
	it('are at least sixteen', () => {
		expect(signNames.length).toBeGreaterThanOrEqual(16);
	});

	it.each(signNames)('stay on their plate: %s', (name) => {
		const reach = faces[name].flatMap(({outline}) =>
			outline.map((value) => Math.abs(value)),
		);
		expect(Math.max(...reach)).toBeLessThan(1.25);
	});
});
