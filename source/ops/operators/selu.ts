import {numberAttribute} from '../node/attributes.js';
import {unary} from '../families/elementwise/unary.js';

/** `gamma x` where positive, `gamma alpha (eˣ − 1)` elsewhere. @see https://onnx.ai/onnx/operators/onnx__Selu.html */
export const Selu = unary(({node}) => {
	const alpha = numberAttribute(node, 'alpha', 1.673_263_242_354_377_2);
	const gamma = numberAttribute(node, 'gamma', 1.050_700_987_355_480_5);
	return {
		value: (x) => gamma * (x < 0 ? alpha * Math.expm1(x) : x),
		slope: (x) => gamma * (x < 0 ? alpha * Math.exp(x) : 1),
		lower: (engine, x) =>
			engine.add(
				engine.mul(engine.relu(x), gamma),
				engine.mul(engine.elu(engine.minimum(x, 0)), gamma * alpha),
			),
	};
});
