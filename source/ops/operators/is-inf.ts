import {ModelError} from '../../errors.js';
import {numberAttribute} from '../node/attributes.js';
import {question} from '../families/elementwise/step.js';
import type {Operator} from '../operator.js';

const test = question('IsInf', {
	value: (x) => Number(Math.abs(x) === Infinity),
	lower: (engine, x) => engine.isInf(x),
});

/** True where an element is infinite, of either sign. @see https://onnx.ai/onnx/operators/onnx__IsInf.html */
export const IsInf: Operator = {
	...test,
	infer(view) {
		const {node} = view;
		const isBoth = ['detect_negative', 'detect_positive'].every(
			(name) => numberAttribute(node, name, 1) !== 0,
		);
		if (!isBoth) {
			throw new ModelError(
				`Node ${node.name}: IsInf of one sign only is not known; export the model without it`,
			);
		}

		return test.infer(view);
	},
};
