import {unary} from '../families/elementwise/unary.js';

/** The inverse of the hyperbolic sine. @see https://onnx.ai/onnx/operators/onnx__Asinh.html */
export const Asinh = unary({
	value: Math.asinh,
	slope: (x) => 1 / Math.sqrt(x * x + 1),
	lower: (engine, x) => engine.asinh(x),
});
