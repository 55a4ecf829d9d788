import {unary, type UnaryRule} from '../families/elementwise/unary.js';
import type {NodeView} from '../node/view.js';
import type {Operator} from '../operator.js';
import {constantNumbers} from '../node/shapes.js';

const boundOf = (view: NodeView, index: number, missing: number): number =>
	constantNumbers(view, index)?.[0] ?? missing;

const clipping = unary((view): UnaryRule => {
	const min = boundOf(view, 1, -Infinity);
	const max = boundOf(view, 2, Infinity);
	return {
		rectifies: min === 0,
		value: (x) => Math.min(Math.max(x, min), max),
		slope: (x) => (x >= min && x <= max ? 1 : 0),
		lower: (engine, x) => engine.minimum(engine.maximum(x, min), max),
	};
});

/** Limits every element to constant bounds. At a bound the derivative passes, as in PyTorch (up to 2.13) and TensorFlow. @see https://onnx.ai/onnx/operators/onnx__Clip.html */
export const Clip: Operator = {
	...clipping,
	infer(view) {
		boundOf(view, 1, 0);
		boundOf(view, 2, 0);
		return clipping.infer(view);
	},
};
