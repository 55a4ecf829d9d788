import {comparing} from '../families/elementwise/compare.js';

/** True where the first is at least as large. @see https://onnx.ai/onnx/operators/onnx__GreaterOrEqual.html */
export const GreaterOrEqual = comparing('GreaterOrEqual', {
	value: (a, b) => a >= b,
	lower: (engine, a, b) => engine.greaterEqual(a, b),
});
