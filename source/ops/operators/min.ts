import {
	broadcasting,
	type OperandSlope,
} from '../families/elementwise/broadcast.js';

/** Equal operands share the derivative. */
const slope: OperandSlope = {
	reads: ['own', 'other'],
	of: ({own, other}) => (own === other ? 0.5 : Number(own < other)),
};

/** The smallest of two tensors, element by element; of more it is made of pairs. @see https://onnx.ai/onnx/operators/onnx__Min.html */
export const Min = broadcasting({
	value: Math.min,
	lower: (engine, a, b) => engine.minimum(a, b),
	slopes: [slope, slope],
});
