import {step} from './elementwise/step.js';
import type {Operator} from './operator.js';

const test = step('IsNaN', {
	value: (x) => Number(Number.isNaN(x)),
	lower: (engine, x) => engine.isNaN(x),
});

/** Which elements are not numbers, as attention asks where a mask leaves nothing. @see https://onnx.ai/onnx/operators/onnx__IsNaN.html */
export const IsNaN: Operator = {
	...test,
	infer: ({inputs}) => [{type: 'bool', shape: inputs[0]!.shape}],
	evaluate: (view, inputs) =>
		test.evaluate!(view, inputs).map(({shape, data}) => ({
			type: 'bool',
			shape,
			data: Uint8Array.from(data, Number),
		})),
};
