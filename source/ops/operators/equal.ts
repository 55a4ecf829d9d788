import {comparing} from '../families/elementwise/compare.js';

/** True where both are equal. @see https://onnx.ai/onnx/operators/onnx__Equal.html */
export const Equal = comparing('Equal', {
	value: (a, b) => a === b,
	lower: (engine, a, b) => engine.equal(a, b),
});
