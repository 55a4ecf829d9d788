import {unary} from '../families/elementwise/unary.js';

/** The inverse of the hyperbolic tangent. @see https://onnx.ai/onnx/operators/onnx__Atanh.html */
export const Atanh = unary({
	value: Math.atanh,
	slope: (x) => 1 / (1 - x * x),
	lower: (engine, x) => engine.atanh(x),
});
