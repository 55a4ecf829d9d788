import {broadcasting, type OperandSlope} from './elementwise/broadcast.js';

const slope: OperandSlope = {
	reads: ['own', 'output'],
	of: ({own, output}) => (own === output ? 1 : 0),
};

/** The smallest of any number of tensors, element by element. @see https://onnx.ai/onnx/operators/onnx__Min.html */
export const Min = broadcasting({
	value: Math.min,
	lower: (engine, a, b) => engine.minimum(a, b),
	slopes: [slope, slope],
});
