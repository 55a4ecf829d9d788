import type {Runtime} from './runtime.js';

/** Multiplies a small matrix, to detect a library that loads but does not work. @throws {Error} where the product is wrong. */
export const selfTest = async (runtime: Runtime): Promise<void> => {
	const product = await runtime.prepare(Float32Array.of(1, 2, 3, 4), {
		k: 2,
		n: 2,
	});
	const [first, second] = await product(Float32Array.of(5, 6), 1);
	product.dispose?.();
	if (first !== 23 || second !== 34) {
		throw new Error(`multiplies wrongly: (${first}, ${second}), not (23, 34)`);
	}
};
