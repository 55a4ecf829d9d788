import {comparing} from '../families/elementwise/compare.js';

/** True where the first is smaller. @see https://onnx.ai/onnx/operators/onnx__Less.html */
export const Less = comparing('Less', {
	value: (a, b) => a < b,
	lower: (engine, a, b) => engine.less(a, b),
});
