import {comparing} from '../families/elementwise/compare.js';

/** Where both are true. @see https://onnx.ai/onnx/operators/onnx__And.html */
export const And = comparing('And', {
	value: (a, b) => a !== 0 && b !== 0,
	lower: (engine, a, b) => engine.logicalAnd(a, b),
});
