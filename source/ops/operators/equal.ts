import {comparing} from '../families/elementwise/compare.js';

/** Where both are the same. @see https://onnx.ai/onnx/operators/onnx__Equal.html */
export const Equal = comparing('Equal', {
	value: (a, b) => a === b,
	lower: (engine, a, b) => engine.equal(a, b),
});
