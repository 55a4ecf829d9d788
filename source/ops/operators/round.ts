import {step} from '../families/elementwise/step.js';

/** The nearest whole number; halves go to the even one. @see https://onnx.ai/onnx/operators/onnx__Round.html */
export const Round = step('Round', {
	value(x) {
		const below = Math.floor(x);
		return x - below === 0.5
			? below + (below % 2 === 0 ? 0 : 1)
			: Math.round(x);
	},
	lower: (engine, x) => engine.round(x),
});
