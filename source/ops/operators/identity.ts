import type {Operator} from '../operator.js';
import {linear} from '../rules/tangent.js';

/** The same tensor under another name; networks keep it only to name an output. @see https://onnx.ai/onnx/operators/onnx__Identity.html */
export const Identity: Operator = {
	infer: ({inputs}) => [{type: inputs[0]!.type, shape: inputs[0]!.shape}],
	evaluate: (_, [x]) => [x!],
	adjoint: {
		dense: (_, [adjoint]) => [adjoint],
		sparse: (_, [adjoint]) => [adjoint],
	},
	tangent: linear,
	cotangent: ({adjoints}) => adjoints,
	lower: {apply: (_engine, _view, [x]) => x!.clone()},
};
