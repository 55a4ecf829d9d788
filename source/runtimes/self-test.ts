import type {Runtime} from './runtime.js';

/** Rows and columns of the large product: enough for a GPU to give it to its tensor cores. */
const size = 64;

/** A float32 number that TF32, with ten bits behind the point, rounds to 1. */
const fine = 1 + 2 ** -12;

/** Multiplies a small matrix, to detect a library that loads but does not work, and a larger one, to detect a GPU that rounds its factors. @throws {Error} where a product is wrong. */
export const selfTest = async (runtime: Runtime): Promise<void> => {
	const [first, second] = await multiply(
		runtime,
		Float32Array.of(5, 6),
		Float32Array.of(1, 2, 3, 4),
	);
	if (first !== 23 || second !== 34) {
		throw new Error(`multiplies wrongly: (${first}, ${second}), not (23, 34)`);
	}

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
};

/** The product of a matrix and a square one. */
const multiply = async (
	runtime: Runtime,
	a: Float32Array,
	weights: Float32Array,
): Promise<Float32Array> => {
	const width = Math.sqrt(weights.length);
	const product = await runtime.prepare(weights, {k: width, n: width});
	try {
		return await product(a, a.length / width);
	} finally {
		product.dispose?.();
	}
};
