import {unary} from '../families/elementwise/unary.js';

/** The angle that has this tangent. @see https://onnx.ai/onnx/operators/onnx__Atan.html */
export const Atan = unary({
	value: Math.atan,
	slope: (x) => 1 / (x * x + 1),
	lower: (engine, x) => engine.atan(x),
});
