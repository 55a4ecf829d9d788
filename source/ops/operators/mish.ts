import {unary} from '../families/elementwise/unary.js';
import {softplus} from './softplus.js';

/** `x · tanh(softplus(x))`. @see https://onnx.ai/onnx/operators/onnx__Mish.html */
export const Mish = unary({
	value: (x) => x * Math.tanh(softplus(x)),
	slope(x) {
		const gate = Math.tanh(softplus(x));
		return gate + (x * (1 - gate * gate)) / (1 + Math.exp(-x));
	},
	lower: (engine, x) => engine.mul(x, engine.tanh(engine.softplus(x))),
});
