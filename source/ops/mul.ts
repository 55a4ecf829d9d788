import {broadcasting, type OperandSlope} from './elementwise/broadcast.js';
import {multilinear} from './tangent.js';
import type {Operator} from './operator.js';

const slope: OperandSlope = {reads: ['other'], of: ({other}) => other};

/** `a · b`: scales, masks and gates (squeeze-and-excite). @see https://onnx.ai/onnx/operators/onnx__Mul.html */
export const Mul: Operator = {
	...broadcasting({
		value: (a, b) => a * b,
		lower: (engine, a, b) => engine.mul(a, b),
		slopes: [slope, slope],
	}),
	tangent: multilinear([0], [1]),
};
