import {step} from '../families/elementwise/step.js';

/** −1, 0 or 1. @see https://onnx.ai/onnx/operators/onnx__Sign.html */
export const Sign = step('Sign', {
	value: Math.sign,
	lower: (engine, x) => engine.sign(x),
});
