import {unary} from '../families/elementwise/unary.js';

/** `1 / x`. @see https://onnx.ai/onnx/operators/onnx__Reciprocal.html */
export const Reciprocal = unary({
	value: (x) => 1 / x,
	slopeOfOutput: (y) => -y * y,
	lower: (engine, x) => engine.reciprocal(x),
});
