import {broadcasting} from '../families/elementwise/broadcast.js';

/** `aᵇ`. @see https://onnx.ai/onnx/operators/onnx__Pow.html */
export const Pow = broadcasting({
	value: (a, b) => a ** b,
	lower: (engine, a, b) => engine.pow(a, b),
	slopes: [
		{
			reads: ['own', 'other'],
			of: ({own, other}) => (other === 0 ? 0 : other * own ** (other - 1)),
		},
		{
			reads: ['other', 'output'],
			of: ({other, output}) => (output === 0 ? 0 : output * Math.log(other)),
		},
	],
});
