import type {Shape} from '../../../graph/tensor.js';
import {loweredAxis} from '../../rules/layout.js';
import type {NodeView} from '../../node/view.js';
import {shapeOf} from '../../node/shapes.js';

/** `[N, C, 1 …]` */
export const globalShape = (view: NodeView): Shape =>
	shapeOf(view, 0).map((size, axis) => (axis < 2 ? size : 1));

/** The axes that a global pool runs over, as its lowering sees them. */
export const axesOfSpace = (view: NodeView): number[] => {
	const {length: rank} = shapeOf(view, 0);
	return Array.from({length: rank - 2}, (_, axis) =>
		loweredAxis(axis + 2, rank),
	);
};
