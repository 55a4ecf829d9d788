import {comparing} from '../families/elementwise/compare.js';

/** True where both are. @see https://onnx.ai/onnx/operators/onnx__And.html */
export const And = comparing('And', {
	value: (a, b) => a !== 0 && b !== 0,
	lower: (engine, a, b) => engine.logicalAnd(a, b),
});
