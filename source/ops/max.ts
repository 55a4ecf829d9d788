import {broadcasting, type OperandSlope} from './elementwise/broadcast.js';

const slope: OperandSlope = {
	reads: ['own', 'output'],
	of: ({own, output}) => (own === output ? 1 : 0),
};

/** The largest of any number of tensors, element by element. @see https://onnx.ai/onnx/operators/onnx__Max.html */
export const Max = broadcasting({
	value: Math.max,
	lower: (engine, a, b) => engine.maximum(a, b),
	slopes: [slope, slope],
});
