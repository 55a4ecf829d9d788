import {unary} from '../families/elementwise/unary.js';

/** `|x|`. @see https://onnx.ai/onnx/operators/onnx__Abs.html */
export const Abs = unary({
	value: Math.abs,
	slope: Math.sign,
	lower: (engine, x) => engine.abs(x),
});
