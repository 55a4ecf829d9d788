import {numbersAttribute} from '../node/attributes.js';
import {moving} from '../families/movement/moving.js';
import {rearranged} from '../families/movement/strided.js';
import type {NodeView} from '../node/view.js';
import {shapeOf} from '../node/shapes.js';

/** The input's axes in the order of the output; reversed by default. */
const permutationOf = (view: NodeView): readonly number[] =>
	numbersAttribute(view.node, 'perm') ??
	shapeOf(view, 0)
		.map((_, axis) => axis)
		.toReversed();

/** Reorders the axes. @see https://onnx.ai/onnx/operators/onnx__Transpose.html */
export const Transpose = moving(
	(view) => [rearranged(shapeOf(view, 0), permutationOf(view))],
	{
		layout: 'onnx',
		apply: (engine, view, [x]) =>
			engine.transpose(x!, [...permutationOf(view)]),
	},
);
