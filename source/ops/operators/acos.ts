import {unary} from '../families/elementwise/unary.js';

/** The angle that has this cosine. @see https://onnx.ai/onnx/operators/onnx__Acos.html */
export const Acos = unary({
	value: Math.acos,
	slope: (x) => -1 / Math.sqrt(1 - x * x),
	lower: (engine, x) => engine.acos(x),
});
