import {question} from '../families/elementwise/step.js';

/** True where an element is NaN; attention asks so where a mask leaves nothing. @see https://onnx.ai/onnx/operators/onnx__IsNaN.html */
export const IsNaN = question('IsNaN', {
	value: (x) => Number(Number.isNaN(x)),
	lower: (engine, x) => engine.isNaN(x),
});
