import {elementCount} from '../../graph/tensor.js';
import {broadcastOffset} from '../adjoint/broadcast.js';
import type {Operator} from '../operator.js';
import {readReduction, reducing} from '../families/reducing.js';

const product = (elements: readonly number[]): number => {
	let result = 1;
	for (const element of elements) {
		result *= element;
	}

	return result;
};

const {infer, evaluate, lower} = reducing({
	value: product,
	slope: (x, y) => y / x,
	lower: (engine, x, axes) => engine.prod(x, axes, true),
});

/** The product along axes; networks count elements with it. @see https://onnx.ai/onnx/operators/onnx__ReduceProd.html */
export const ReduceProd: Operator = {
	infer,
	evaluate,
	adjoint: {
		needs: () => ({inputs: [0]}),
		/** The derivative is the product of all other factors, computed without division, so that a factor of 0 is no problem. */
		dense(context, [adjoint]) {
			const {shape, kept} = readReduction(context);
			const groupOf = broadcastOffset(kept, shape);
			const groups = elementCount(kept);
			const x = context.input(0);
			const members = Array.from({length: groups}, (): number[] => []);
			for (const offset of x.keys()) {
				members[groupOf(offset)].push(offset);
			}

			const slopes = x.map((_, offset) =>
				product(
					members[groupOf(offset)]
						.filter((other) => other !== offset)
						.map((other) => x[other]),
				),
			);
			const {seeds, data} = adjoint!;
			return [
				{
					kind: 'dense',
					seeds,
					shape,
					data: Float32Array.from(
						{length: seeds * x.length},
						(_, index) =>
							slopes[index % x.length] *
							data[
								Math.trunc(index / x.length) * groups +
									groupOf(index % x.length)
							],
					),
				},
			];
		},
	},
	lower,
};
