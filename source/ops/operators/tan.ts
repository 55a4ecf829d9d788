import {unary} from '../families/elementwise/unary.js';

/** The tangent of every element. @see https://onnx.ai/onnx/operators/onnx__Tan.html */
export const Tan = unary({
	value: Math.tan,
	slopeOfOutput: (y) => 1 + y * y,
	lower: (engine, x) => engine.tan(x),
});
