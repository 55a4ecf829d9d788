import {numberAttribute} from '../node/attributes.js';
import {unary} from '../families/elementwise/unary.js';

/** `x` above a threshold, 0 elsewhere. @see https://onnx.ai/onnx/operators/onnx__ThresholdedRelu.html */
export const ThresholdedRelu = unary(({node}) => {
	const alpha = numberAttribute(node, 'alpha', 1);
	return {
		value: (x) => (x > alpha ? x : 0),
		slope: (x) => (x > alpha ? 1 : 0),
		lower: (engine, x) =>
			engine.mul(x, engine.cast(engine.greater(x, alpha), 'float32')),
	};
});
