import {numberAttribute} from '../node/attributes.js';
import {
	broadcasting,
	type OperandSlope,
} from '../families/elementwise/broadcast.js';
import type {Operator} from '../operator.js';
import type {NodeView} from '../node/view.js';

/** The derivative for the divisor; the dividend's is 1. */
const slope = (whole: (quotient: number) => number): OperandSlope => ({
	reads: ['own', 'other'],
	of: ({own, other}) => -whole(other / own),
});

const floored = broadcasting({
	value: (a, b) => a - b * Math.floor(a / b),
	lower: (engine, a, b) => engine.mod(a, b),
	slopes: [1, slope(Math.floor)],
});

const truncated = broadcasting({
	value: (a, b) => a % b,
	lower: (engine, a, b) =>
		engine.mul(engine.sign(a), engine.mod(engine.abs(a), engine.abs(b))),
	slopes: [1, slope(Math.trunc)],
});

const kindOf = ({node}: NodeView): Operator =>
	numberAttribute(node, 'fmod', 0) === 0 ? floored : truncated;

/** The remainder with the divisor's sign, or as in C with the dividend's; windowed attention computes its padding with it. @see https://onnx.ai/onnx/operators/onnx__Mod.html */
export const Mod: Operator = {
	infer: floored.infer,
	evaluate: (view, inputs) => kindOf(view).evaluate!(view, inputs),
	adjoint: {
		needs: floored.adjoint!.needs,
		dense: async (context, adjoints) =>
			kindOf(context).adjoint!.dense(context, adjoints),
	},
	lower: {
		apply: (engine, view, inputs) =>
			kindOf(view).lower!.apply(engine, view, inputs),
	},
};
