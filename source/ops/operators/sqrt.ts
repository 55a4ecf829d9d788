import {unary} from '../families/elementwise/unary.js';

/** `√x`. @see https://onnx.ai/onnx/operators/onnx__Sqrt.html */
export const Sqrt = unary({
	value: Math.sqrt,
	slopeOfOutput: (y) => 0.5 / y,
	lower: (engine, x) => engine.sqrt(x),
});
