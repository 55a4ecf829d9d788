import type {Graph, Value} from '../graph/graph.js';
import {elementCount} from '../graph/tensor.js';
import type {Runtime} from './runtime.js';

/** Rows and columns of the large product, and channels of the convolution: enough for a GPU to give them to its tensor cores. */
const size = 64;

/** A float32 number that TF32, with ten bits behind the point, rounds to 1. */
const fine = 1 + 2 ** -12;

/** Less than rounding to TF32 makes of it, more than a fast algorithm does. */
const tolerance = 1e-5;

const value = (name: string, shape: readonly number[]): Value => ({
	name,
	type: 'float32',
	shape,
});

const image = value('image', [1, size, 3, 3]);
const kernel = value('kernel', [size, size, 3, 3]);
const sums = value('sums', [1, size, 1, 1]);

const filled = ({shape}: Value, by: number) =>
	new Float32Array(elementCount(shape)).fill(by);

/** Sums of all the image's numbers, times `fine`. */
const convolution = (): Graph => ({
	name: 'self-test',
	inputs: [image],
	outputs: [sums.name],
	nodes: [
		{
			name: 'convolution',
			opType: 'Conv',
			inputs: [image.name, kernel.name],
			outputs: [sums.name],
			attributes: {},
		},
	],
	constants: new Map([
		[
			kernel.name,
			{type: 'float32', shape: kernel.shape, data: filled(kernel, fine)},
		],
	]),
	values: new Map([image, kernel, sums].map((each) => [each.name, each])),
});

/** Multiplies a small matrix, to detect a library that loads but does not work; a GPU is tested further. @throws {Error} If a result is wrong. */
export const selfTest = async (runtime: Runtime): Promise<void> => {
	const [first, second] = await multiply(
		runtime,
		Float32Array.of(5, 6),
		Float32Array.of(1, 2, 3, 4),
	);
	if (first !== 23 || second !== 34) {
		throw new Error(`multiplies wrongly: (${first}, ${second}), not (23, 34)`);
	}

	// Processors do not round, and every start and worker would wait.
	if (runtime.hasGpu) {
		await testGpu(runtime);
	}
};

/** Multiplies a larger matrix, to detect a GPU that rounds its factors, and convolves a small picture, for which a GPU has a library of its own. @throws {Error} If a result is wrong. */
const testGpu = async (runtime: Runtime): Promise<void> => {
	const product = await multiply(
		runtime,
		new Float32Array(size * size).fill(1),
		new Float32Array(size * size).fill(fine),
	);
	if (product.some((value) => value !== size * fine)) {
		throw new Error(
			'rounds its factors to TF32, too coarse for exact maps; unset NVIDIA_TF32_OVERRIDE',
		);
	}

	const wanted = elementCount(image.shape) * fine;
	for (const sum of await convolve(runtime)) {
		if (Math.abs(sum / wanted - 1) > tolerance) {
			throw new Error(`convolves wrongly: ${sum}, not ${wanted}`);
		}
	}
};

const convolve = async (runtime: Runtime): Promise<Float32Array> => {
	const session = await runtime.load(convolution(), [sums.name]);
	try {
		const feeds = new Map([[image.name, filled(image, 1)]]);
		const results = await session.run(feeds, [sums.name]);
		return results.get(sums.name)!;
	} finally {
		await session.dispose();
	}
};

/** The product of a matrix and a square one. */
const multiply = async (
	runtime: Runtime,
	a: Float32Array,
	weights: Float32Array,
): Promise<Float32Array> => {
	const width = Math.sqrt(weights.length);
	const product = await runtime.prepare({k: width, n: width}, () => weights);
	try {
		return await product(a, a.length / width);
	} finally {
		product.dispose?.();
	}
};
