import {unary} from '../families/elementwise/unary.js';

/** The cosine of every element. @see https://onnx.ai/onnx/operators/onnx__Cos.html */
export const Cos = unary({
	value: Math.cos,
	slope: (x) => -Math.sin(x),
	lower: (engine, x) => engine.cos(x),
});
