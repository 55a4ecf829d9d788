import {elementCount, type Shape} from '../../../graph/tensor.js';
import type {Operator} from '../../operator.js';
import type {NodeView} from '../../node/view.js';
import {shapeOf} from '../../node/shapes.js';
import {moving} from './moving.js';
import {reshaped} from './strided.js';

/** An operator that gives its first input another shape and leaves the elements in their order. */
export const reshaping = (shape: (view: NodeView) => Shape): Operator =>
	moving((view) => [reshaped(shape(view), elementCount(shapeOf(view, 0)))], {
		layout: 'onnx',
		apply: (engine, view, [x]) =>
			engine.reshape(x!, [...view.outputs[0].shape]),
	});
