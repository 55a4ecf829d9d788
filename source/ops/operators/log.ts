import {unary} from '../families/elementwise/unary.js';

/** The natural logarithm. @see https://onnx.ai/onnx/operators/onnx__Log.html */
export const Log = unary({
	value: Math.log,
	slope: (x) => 1 / x,
	lower: (engine, x) => engine.log(x),
});
