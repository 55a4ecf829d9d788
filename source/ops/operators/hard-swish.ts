import {unary} from '../families/elementwise/unary.js';

/** `x · clip(x / 6 + 1/2)`. @see https://onnx.ai/onnx/operators/onnx__HardSwish.html */
export const HardSwish = unary({
	value: (x) => x * Math.min(Math.max(x / 6 + 0.5, 0), 1),
	slope(x) {
		if (x <= -3) {
			return 0;
		}

		return x < 3 ? x / 3 + 0.5 : 1;
	},
	lower: (engine, x) =>
		engine.mul(
			x,
			engine.clipByValue(engine.add(engine.mul(x, 1 / 6), 0.5), 0, 1),
		),
});
