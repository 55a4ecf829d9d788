import {unary} from '../families/elementwise/unary.js';

/** `x / (1 + |x|)`. @see https://onnx.ai/onnx/operators/onnx__Softsign.html */
export const Softsign = unary({
	value: (x) => x / (1 + Math.abs(x)),
	slope: (x) => 1 / (1 + Math.abs(x)) ** 2,
	lower: (engine, x) => engine.div(x, engine.add(engine.abs(x), 1)),
});
