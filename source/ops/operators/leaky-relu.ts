import {numberAttribute} from '../node/attributes.js';
import {unary} from '../families/elementwise/unary.js';

/** `x` where positive, `alpha · x` elsewhere. @see https://onnx.ai/onnx/operators/onnx__LeakyRelu.html */
export const LeakyRelu = unary(({node}) => {
	const alpha = numberAttribute(node, 'alpha', 0.01);
	return {
		rectifies: true,
		value: (x) => (x < 0 ? alpha * x : x),
		slope: (x) => (x < 0 ? alpha : 1),
		lower: (engine, x) => engine.leakyRelu(x, alpha),
	};
});
