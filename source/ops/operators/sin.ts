import {unary} from '../families/elementwise/unary.js';

/** The sine of every element. @see https://onnx.ai/onnx/operators/onnx__Sin.html */
export const Sin = unary({
	value: Math.sin,
	slope: Math.cos,
	lower: (engine, x) => engine.sin(x),
});
