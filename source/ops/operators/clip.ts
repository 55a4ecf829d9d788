import {unary} from '../families/elementwise/unary.js';
import type {Operator} from '../operator.js';
import type {NodeView} from '../node/view.js';
import {constantNumbers} from '../node/shapes.js';

const boundOf = (view: NodeView, index: number, missing: number): number =>
	constantNumbers(view, index)?.[0] ?? missing;

const clipping = unary((view) => {
	const min = boundOf(view, 1, -Infinity);
	const max = boundOf(view, 2, Infinity);
	return {
		rectifies: min === 0,
		value: (x) => Math.min(Math.max(x, min), max),
		slopeOfOutput: (y) => (y > min && y < max ? 1 : 0),
		lower: (engine, x) => engine.minimum(engine.maximum(x, min), max),
	};
});

/** Keeps every element within bounds, which must be known beforehand; as in ReLU6, nothing passes at the bounds themselves. @see https://onnx.ai/onnx/operators/onnx__Clip.html */
export const Clip: Operator = {
	...clipping,
	infer(view) {
		boundOf(view, 1, 0);
		boundOf(view, 2, 0);
		return clipping.infer(view);
	},
};
