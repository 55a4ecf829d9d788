import {unary} from '../families/elementwise/unary.js';

/** The hyperbolic cosine. @see https://onnx.ai/onnx/operators/onnx__Cosh.html */
export const Cosh = unary({
	value: Math.cosh,
	slope: Math.sinh,
	lower: (engine, x) => engine.cosh(x),
});
