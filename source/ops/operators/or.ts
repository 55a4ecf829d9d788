import {comparing} from '../families/elementwise/compare.js';

/** True where at least one is. @see https://onnx.ai/onnx/operators/onnx__Or.html */
export const Or = comparing('Or', {
	value: (a, b) => a !== 0 || b !== 0,
	lower: (engine, a, b) => engine.logicalOr(a, b),
});
