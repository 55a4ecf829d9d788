import {
	broadcasting,
	type OperandSlope,
} from '../families/elementwise/broadcast.js';
import {sumBroadcast} from '../rules/cotangent.js';
import {multilinear} from '../rules/tangent.js';
import type {Operator} from '../operator.js';

const slope: OperandSlope = {reads: ['other'], of: ({other}) => other};

/** `a · b`: scales, masks and gates (squeeze-and-excite). @see https://onnx.ai/onnx/operators/onnx__Mul.html */
export const Mul: Operator = {
	...broadcasting({
		value: (a, b) => a * b,
		lower: (engine, a, b) => engine.mul(a, b),
		slopes: [slope, slope],
	}),
	tangent: multilinear([0], [1]),
	cotangent(context) {
		const {node, inputs, outputs, adjoints, wanted, write} = context;
		return inputs.map((value, index) => {
			if (!wanted(index)) {
				return undefined;
			}

			const [product] = write({
				opType: 'Mul',
				inputs: [adjoints[0]!, node.inputs[1 - index]],
			});
			return sumBroadcast(context, product, {
				from: value!.shape,
				to: outputs[0].shape,
			});
		});
	},
};
