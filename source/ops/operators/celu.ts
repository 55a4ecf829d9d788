import {numberAttribute} from '../node/attributes.js';
import {unary} from '../families/elementwise/unary.js';

/** `x` where positive, `alpha (e^(x / alpha) − 1)` elsewhere. @see https://onnx.ai/onnx/operators/onnx__Celu.html */
export const Celu = unary(({node}) => {
	const alpha = numberAttribute(node, 'alpha', 1);
	return {
		value: (x) => (x < 0 ? alpha * Math.expm1(x / alpha) : x),
		slope: (x) => (x < 0 ? Math.exp(x / alpha) : 1),
		lower: (engine, x) =>
			engine.add(
				engine.relu(x),
				engine.mul(engine.elu(engine.div(engine.minimum(x, 0), alpha)), alpha),
			),
	};
});
