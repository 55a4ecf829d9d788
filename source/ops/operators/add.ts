import {broadcasting} from '../families/elementwise/broadcast.js';
import type {Operator} from '../operator.js';

/** `a + b`: biases and residual connections. @see https://onnx.ai/onnx/operators/onnx__Add.html */
export const Add: Operator = {
	...broadcasting({
		value: (a, b) => a + b,
		lower: (engine, a, b) => engine.add(a, b),
		slopes: [1, 1],
	}),
	summed: ({inputs: [a, b], sum, write}) =>
		String(a!.shape) === String(b!.shape)
			? write({opType: 'Add', inputs: [sum(0), sum(1)]})[0]
			: undefined,
};
