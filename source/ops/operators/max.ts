import {
	broadcasting,
	type OperandSlope,
} from '../families/elementwise/broadcast.js';

/** Equal operands share the derivative. */
const slope: OperandSlope = {
	reads: ['own', 'other'],
	of: ({own, other}) => (own === other ? 0.5 : Number(own > other)),
};

/** The largest of two tensors, element by element; of more it is made of pairs. @see https://onnx.ai/onnx/operators/onnx__Max.html */
export const Max = broadcasting({
	value: Math.max,
	lower: (engine, a, b) => engine.maximum(a, b),
	slopes: [slope, slope],
});
