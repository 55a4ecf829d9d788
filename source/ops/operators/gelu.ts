import {stringAttribute} from '../node/attributes.js';
import {unary, type UnaryRule} from '../families/elementwise/unary.js';
import {erf, erfSlope} from './erf.js';

const exact: UnaryRule = {
	value: (x) => (x / 2) * (1 + erf(x * Math.SQRT1_2)),
	slope: (x) =>
		(1 + erf(x * Math.SQRT1_2)) / 2 +
		((x * Math.SQRT1_2) / 2) * erfSlope(x * Math.SQRT1_2),
	lower: (engine, x) =>
		engine.mul(
			engine.mul(x, 0.5),
			engine.add(engine.erf(engine.mul(x, Math.SQRT1_2)), 1),
		),
};

const rate = Math.sqrt(2 / Math.PI);
const cubic = 0.044_715;

const approximate: UnaryRule = {
	value: (x) => (x / 2) * (1 + Math.tanh(rate * (x + cubic * x ** 3))),
	slope(x) {
		const gate = Math.tanh(rate * (x + cubic * x ** 3));
		return (
			(1 + gate) / 2 +
			(x / 2) * (1 - gate * gate) * rate * (1 + 3 * cubic * x * x)
		);
	},
	lower(engine, x) {
		const cube = engine.mul(engine.mul(x, x), x);
		const inner = engine.mul(engine.add(x, engine.mul(cube, cubic)), rate);
		return engine.mul(engine.mul(x, 0.5), engine.add(engine.tanh(inner), 1));
	},
};

/** `x · Φ(x)` with the normal distribution Φ, or its approximation by a tanh. @see https://onnx.ai/onnx/operators/onnx__Gelu.html */
export const Gelu = unary(({node}) =>
	stringAttribute(node, 'approximate', 'none') === 'tanh' ? approximate : exact,
);
