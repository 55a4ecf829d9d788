import {step} from '../families/elementwise/step.js';

/** The next whole number above. @see https://onnx.ai/onnx/operators/onnx__Ceil.html */
export const Ceil = step('Ceil', {
	value: Math.ceil,
	lower: (engine, x) => engine.ceil(x),
});
