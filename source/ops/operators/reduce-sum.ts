import {reducing} from '../families/reducing.js';

/** The sum of a list of numbers. */
export const sum = (elements: readonly number[]): number => {
	let total = 0;
	for (const element of elements) {
		total += element;
	}

	return total;
};

/** The sum along axes. @see https://onnx.ai/onnx/operators/onnx__ReduceSum.html */
export const ReduceSum = reducing({
	value: sum,
	slope: () => 1,
	isLinear: true,
	lower: (engine, x, axes) => engine.sum(x, axes, true),
});
