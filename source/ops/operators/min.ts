import {
	broadcasting,
	type OperandSlope,
} from '../families/elementwise/broadcast.js';

/** Equal operands share the derivative. */
const slope: OperandSlope = {
	reads: ['own', 'other'],
	of: ({own, other}) => (own === other ? 0.5 : Number(own < other)),
};

/** The smaller of two tensors, element by element; more than two are taken pairwise. @see https://onnx.ai/onnx/operators/onnx__Min.html */
export const Min = broadcasting({
	value: Math.min,
	lower: (engine, a, b) => engine.minimum(a, b),
	slopes: [slope, slope],
});
