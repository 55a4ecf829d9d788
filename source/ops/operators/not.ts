import {step} from '../families/elementwise/step.js';

/** True where the input is false. @see https://onnx.ai/onnx/operators/onnx__Not.html */
export const Not = step('Not', {
	value: (x) => (x ? 0 : 1),
	lower: (engine, x) => engine.logicalNot(x),
});
