import {broadcasting, type OperandSlope} from './elementwise/broadcast.js';

const slope: OperandSlope = {reads: ['other'], of: ({other}) => other};

/** `a · b`: scales, masks and gates (squeeze-and-excite). @see https://onnx.ai/onnx/operators/onnx__Mul.html */
export const Mul = broadcasting({
	value: (a, b) => a * b,
	lower: (engine, a, b) => engine.mul(a, b),
	slopes: [slope, slope],
});
