import {unary} from '../families/elementwise/unary.js';

/** The hyperbolic sine. @see https://onnx.ai/onnx/operators/onnx__Sinh.html */
export const Sinh = unary({
	value: Math.sinh,
	slope: Math.cosh,
	lower: (engine, x) => engine.sinh(x),
});
