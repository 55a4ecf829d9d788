import {broadcasting} from '../families/elementwise/broadcast.js';
import type {Operator} from '../operator.js';

const parametric = broadcasting({
	value: (x, slope) => (x < 0 ? slope * x : x),
	lower: (engine, x, slope) =>
		engine.add(engine.relu(x), engine.mul(slope, engine.minimum(x, 0))),
	slopes: [
		{
			reads: ['own', 'other'],
			of: ({own, other}) => (own < 0 ? other : 1),
		},
		{reads: ['other'], of: ({other}) => Math.min(other, 0)},
	],
});

/** `x` where positive, `slope · x` elsewhere; the slope is an input, usually one number per channel. @see https://onnx.ai/onnx/operators/onnx__PRelu.html */
export const PRelu: Operator = {
	...parametric,
	adjoint: {...parametric.adjoint!, rectifies: () => true},
};
