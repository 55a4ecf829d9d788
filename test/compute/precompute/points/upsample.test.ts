import {expect, test} from 'vitest';
import {createUpsampling} from '../../../../source/compute/precompute/points/upsample.js';
import {gridWeights} from '../../../../source/raster/grid-weights.js';

test('a map is enlarged as the explorer shows it', () => {
	const layer = {width: 3, height: 2};
	const image = {width: 10, height: 7};
	const view = {x: 0, y: 0, ...image};
	const weights = Float32Array.of(0.1, 0.9, 0.3, 1, 0, 0.5);
	const enlarged = createUpsampling(image, view, layer)(weights);
	const shown = gridWeights(
		{...layer, indices: Uint32Array.of(0, 1, 2, 3, 4, 5), weights},
		{view, image, canvas: image},
		{lower: 0, upper: 1, interpolate: true},
	);
	for (const [pixel, weight] of shown.entries()) {
		expect(enlarged[pixel]).toBeCloseTo(weight, 6);
	}
});

test('what the network does not see stays empty', () => {
	const upsample = createUpsampling(
		{width: 4, height: 1},
		{x: 1, y: 0, width: 2, height: 1},
		{width: 1, height: 1},
	);
	expect([...upsample(Float32Array.of(1))]).toEqual([0, 1, 1, 0]);
});
