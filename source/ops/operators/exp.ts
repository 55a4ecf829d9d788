import {unary} from '../families/elementwise/unary.js';

/** `eˣ`. @see https://onnx.ai/onnx/operators/onnx__Exp.html */
export const Exp = unary({
	value: Math.exp,
	slopeOfOutput: (y) => y,
	lower: (engine, x) => engine.exp(x),
});
