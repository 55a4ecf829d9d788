import {
	broadcasting,
	type OperandSlope,
} from '../families/elementwise/broadcast.js';

/** Equal operands share the derivative. */
const slope: OperandSlope = {
	reads: ['own', 'other'],
	of: ({own, other}) => (own === other ? 0.5 : Number(own > other)),
};

/** The larger of two tensors, element by element; more than two are taken pairwise. @see https://onnx.ai/onnx/operators/onnx__Max.html */
export const Max = broadcasting({
	value: Math.max,
	lower: (engine, a, b) => engine.maximum(a, b),
	slopes: [slope, slope],
});
