import {step} from '../families/elementwise/step.js';

/** The next whole number below. @see https://onnx.ai/onnx/operators/onnx__Floor.html */
export const Floor = step('Floor', {
	value: Math.floor,
	lower: (engine, x) => engine.floor(x),
});
