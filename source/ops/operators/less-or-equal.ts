import {comparing} from '../families/elementwise/compare.js';

/** True where the first is at most as large. @see https://onnx.ai/onnx/operators/onnx__LessOrEqual.html */
export const LessOrEqual = comparing('LessOrEqual', {
	value: (a, b) => a <= b,
	lower: (engine, a, b) => engine.lessEqual(a, b),
});
