import {unary} from '../families/elementwise/unary.js';

/** The angle that has this sine. @see https://onnx.ai/onnx/operators/onnx__Asin.html */
export const Asin = unary({
	value: Math.asin,
	slope: (x) => 1 / Math.sqrt(1 - x * x),
	lower: (engine, x) => engine.asin(x),
});
