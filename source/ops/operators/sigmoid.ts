import {unary} from '../families/elementwise/unary.js';

/** `1 / (1 + e⁻ˣ)`. @see https://onnx.ai/onnx/operators/onnx__Sigmoid.html */
export const Sigmoid = unary({
	value: (x) => 1 / (1 + Math.exp(-x)),
	slopeOfOutput: (y) => y * (1 - y),
	lower: (engine, x) => engine.sigmoid(x),
});
