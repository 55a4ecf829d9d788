import {beforeAll, describe, expect, it} from 'vitest';
import {label} from '../../../models/street/classes.js';
import {type Scene} from '../../../models/street/render.js';
import {generateScene} from '../../../models/street/scene.js';

/** Half of the pixels of a picture twice as large: the upper left of each four. */
function everySecond({segmentation}: Scene): Uint8Array {
	const {width, height, labels} = segmentation;
	const half = new Uint8Array((width / 2) * (height / 2));
	for (let y = 0; y < height / 2; y++) {
		for (let x = 0; x < width / 2; x++) {
			half[(y * width) / 2 + x] = labels[2 * y * width + 2 * x];
		}
	}

	return half;
}

function count(labels: Iterable<number>): number[] {
	const counts = Array.from({length: 8}, () => 0);
	for (const each of labels) {
		counts[each]++;
	}

	return counts;
}

describe('generateScene', () => {
	it('paints the same street for the same seed', () => {
		const first = generateScene({seed: 42});
		const second = generateScene({seed: 42});
		expect(first.image.data).toEqual(second.image.data);
		expect(first.segmentation.labels).toEqual(second.segmentation.labels);
	});

	it('paints another street for another seed', () => {
		const first = generateScene({seed: 42});
		const second = generateScene({seed: 43});
		expect(first.image.data).not.toEqual(second.image.data);
	});

	it('gives image and segmentation of the size that was asked', () => {
		const {image, segmentation} = generateScene({
			seed: 5,
			width: 90,
			height: 60,
		});
		expect(image).toMatchObject({width: 90, height: 60});
		expect(segmentation).toMatchObject({width: 90, height: 60});
		expect(image.data).toHaveLength(90 * 60 * 3);
		expect(segmentation.labels).toHaveLength(90 * 60);
	});

	it.each([3, 17, 22_535])(
		'shows the same street at twice the size (seed %i)',
		(seed) => {
			const small = generateScene({seed});
			const large = generateScene({seed, width: 384, height: 256});
			const {labels} = small.segmentation;
			const halved = everySecond(large);
			const equal = labels.filter((each, index) => each === halved[index]);
			expect(equal.length / labels.length).toBeGreaterThan(0.97);

			const mean = ({image}: Scene) =>
				image.data.reduce((sum, value) => sum + value, 0) / image.data.length;
			expect(Math.abs(mean(small) - mean(large))).toBeLessThan(1.5);
		},
	);
});

describe('fifty scenes', () => {
	let scenes: Scene[];

	beforeAll(() => {
		scenes = Array.from({length: 50}, (_, seed) =>
			generateScene({seed: 300 + seed}),
		);
	});

	it('hold every class, none of them everywhere', () => {
		const totals = count(
			scenes.flatMap(({segmentation}) => [...segmentation.labels]),
		);
		const all = totals.reduce((sum, value) => sum + value, 0);
		for (const total of totals) {
			expect(total / all).toBeGreaterThan(0.003);
			expect(total / all).toBeLessThan(0.5);
		}
	});

	it('name the classes of every pixel', () => {
		for (const {segmentation} of scenes) {
			const ids = new Set(segmentation.labels);
			expect([...ids].filter((id) => !segmentation.classes.has(id))).toEqual(
				[],
			);
		}
	});

	it('stand most cars on the road, and some on the grass', () => {
		// What lies under the lowest pixel of each car column tells what it stands on.
		const under = count(
			scenes.flatMap(({segmentation: {width, height, labels}}) =>
				Array.from({length: width}, (_, x) => {
					for (let y = height - 2; y >= 0; y--) {
						if (labels[y * width + x] === label.car) {
							return labels[(y + 1) * width + x];
						}
					}

					return label.sky;
				}),
			),
		);
		expect(under[label.road]).toBeGreaterThan(5 * under[label.grass]);
		expect(under[label.grass]).toBeGreaterThan(0);
	});

	it('keep the sky above and the ground below', () => {
		for (const {segmentation} of scenes) {
			const {labels, width, height} = segmentation;
			const top = count(labels.subarray(0, width * 10));
			const bottom = count(labels.subarray(width * (height - 10)));
			expect(top[label.road] + top[label.grass]).toBe(0);
			expect(bottom[label.sky]).toBe(0);
		}
	});
});
