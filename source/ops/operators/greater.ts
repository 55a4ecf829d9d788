import {comparing} from '../families/elementwise/compare.js';

/** True where the first is larger. @see https://onnx.ai/onnx/operators/onnx__Greater.html */
export const Greater = comparing('Greater', {
	value: (a, b) => a > b,
	lower: (engine, a, b) => engine.greater(a, b),
});
