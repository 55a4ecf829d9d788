import {numberAttribute} from '../node/attributes.js';
import {unary} from '../families/elementwise/unary.js';

/** `x` where positive, `alpha (eˣ − 1)` elsewhere. @see https://onnx.ai/onnx/operators/onnx__Elu.html */
export const Elu = unary(({node}) => {
	const alpha = numberAttribute(node, 'alpha', 1);
	return {
		value: (x) => (x < 0 ? alpha * Math.expm1(x) : x),
		slope: (x) => (x < 0 ? alpha * Math.exp(x) : 1),
		lower: (engine, x) =>
			engine.add(
				engine.relu(x),
				engine.mul(engine.elu(engine.minimum(x, 0)), alpha),
			),
	};
});
