import {ModelError} from '../../../errors.js';
import {elementCount, type Shape} from '../../../graph/tensor.js';
import {perNode} from '../../adjoint/per-node.js';
import {numbersAttribute} from '../../node/attributes.js';
import type {NodeView} from '../../node/view.js';
import {shapeOf} from '../../node/shapes.js';
import {readWindow} from './read-window.js';
import {followTaps, outerShape, readingTaps, type Window} from './window.js';

/** The window of a pool. @throws {ModelError} If it is left out or does not fit. */
export const readPool = (view: NodeView): Window => {
	const kernel = numbersAttribute(view.node, 'kernel_shape');
	if (!kernel) {
		throw new ModelError(
			`Node ${view.node.name}: a ${view.node.opType} without kernel_shape; export the model again`,
		);
	}

	return readWindow(view, shapeOf(view, 0).slice(2), kernel);
};

/** `[N, C, …outer]` */
export const pooledShape = (view: NodeView): Shape => [
	...shapeOf(view, 0).slice(0, 2),
	...outerShape(readPool(view)),
];

/** For every position of the output and each tap, the input position that it reads, −1 in the padding. `[outer, taps]` */
export const readPositions = perNode((view): Int32Array => {
	const window = readPool(view);
	const places = elementCount(outerShape(window));
	return followTaps(
		Int32Array.from({length: places}, (_, at) => at),
		readingTaps(window),
	);
});
