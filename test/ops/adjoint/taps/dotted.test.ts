import {afterAll, expect, it} from 'vitest';
import {planWalk} from '../../../../source/autodiff/walk/walk.js';
import type {
	Adjoint,
	SparseAdjoint,
} from '../../../../source/ops/adjoint/adjoint.js';
import {densify} from '../../../../source/ops/adjoint/dense.js';
import {createKernels} from '../../../../source/runtimes/kernels.js';
import {wasm} from '../../../../source/runtimes/tfjs/index.js';
import {
	buildGraph,
	node,
	randomNumbers,
	randomTensor,
} from '../../../graph/build.js';

const runtime = await wasm.open({});

afterAll(async () => {
	await runtime.dispose();
});

it('a large picture, of which not all readings are kept, is multiplied as a small one', async () => {
	const side = 128;
	const outputs = 64;
	const graph = buildGraph({
		inputs: {image: [1, 1, side, side]},
		constants: {weights: randomTensor([outputs, 1, 3, 3], 1)},
		nodes: [node('Conv', ['image', 'weights'], 'logits', {pads: [1, 1, 1, 1]})],
	});
	const walk = planWalk(graph, 'logits', ['image']).bind(
		new Map(),
		createKernels(runtime),
	);
	const image = new Float32Array(side ** 2).map(randomNumbers(2));
	const dot = async (adjoint: Adjoint) =>
		densify(adjoint).data.map((value, at) => value * image[at]);
	const layers = new Map([
		[
			'image',
			{
				byPosition: async () => image,
				dot,
				async dotEven() {
					throw new Error('nothing is pooled here');
				},
			},
		],
	]);

	// Stripes, since what fills the picture would be convolved whole.
	const stripes = 5;
	const rows = Math.trunc(side / stripes);
	for (let stripe = 0; stripe < stripes; stripe++) {
		const count = rows * side;
		const seed: SparseAdjoint = {
			kind: 'sparse',
			seeds: 1,
			shape: [1, outputs, side, side],
			owners: new Int32Array(count),
			positions: Int32Array.from(
				{length: count},
				(_, row) => stripe * count + row,
			),
			rows: new Float32Array(count * outputs).map(randomNumbers(stripe)),
		};
		/* eslint-disable no-await-in-loop -- one runtime */
		const dotted = await walk.dotted(seed, layers);
		const gradients = await walk.gradients(seed);
		const wanted = await dot(gradients.get('image')!);
		/* eslint-enable no-await-in-loop */
		const most = Math.max(...wanted.map((value) => Math.abs(value)));
		const found = dotted.get('image')!;
		const errors = wanted.map((value, at) => Math.abs(value - found[at]));
		expect(most).toBeGreaterThan(1);
		expect(Math.max(...errors) / most).toBeLessThan(1e-5);
	}
});
