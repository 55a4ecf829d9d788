import {broadcasting} from '../families/elementwise/broadcast.js';

/** `a / b`; integers drop the fraction. @see https://onnx.ai/onnx/operators/onnx__Div.html */
export const Div = broadcasting({
	value: (a, b) => a / b,
	lower: (engine, a, b) => engine.div(a, b),
	slopes: [
		{reads: ['other'], of: ({other}) => 1 / other},
		{reads: ['own', 'other'], of: ({own, other}) => -other / (own * own)},
	],
});
