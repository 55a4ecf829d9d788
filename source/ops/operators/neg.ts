import {unary} from '../families/elementwise/unary.js';

/** `−x`. @see https://onnx.ai/onnx/operators/onnx__Neg.html */
export const Neg = unary({
	value: (x) => -x,
	slope: -1,
	lower: (engine, x) => engine.neg(x),
});
