import {unary} from '../families/elementwise/unary.js';

/** The hyperbolic tangent. @see https://onnx.ai/onnx/operators/onnx__Tanh.html */
export const Tanh = unary({
	value: Math.tanh,
	slopeOfOutput: (y) => 1 - y * y,
	lower: (engine, x) => engine.tanh(x),
});
