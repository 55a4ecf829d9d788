import {unary} from '../families/elementwise/unary.js';

/** `log(1 + eˣ)`, without overflow for large x. */
export const softplus = (x: number): number =>
	Math.max(x, 0) + Math.log1p(Math.exp(-Math.abs(x)));

/** A smooth ReLU, `log(1 + eˣ)`. @see https://onnx.ai/onnx/operators/onnx__Softplus.html */
export const Softplus = unary({
	value: softplus,
	slope: (x) => 1 / (1 + Math.exp(-x)),
	lower: (engine, x) => engine.softplus(x),
});
