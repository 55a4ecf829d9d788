import type * as tf from '@tensorflow/tfjs-core';
import {ModelError} from '../../../errors.js';
import {elementCount, type Shape} from '../../../graph/tensor.js';
import {numberAttribute} from '../../node/attributes.js';
import {toNhwc} from '../../rules/layout.js';
import type {NodeView} from '../../node/view.js';
import {shapeOf} from '../../node/shapes.js';
import {outerShape} from '../window/window.js';
import {padWindow, sliceTaps} from './lower-pool.js';
import {readPool, readPositions} from './read-pool.js';

/** For every window of a MaxPool, its largest element and that element's flat index, of equal ones the first, `[N, C, …outer]` in the layout of lowerings. @throws {ModelError} If indices count down the columns first. */
export const lowerMaxima = (
	engine: typeof tf,
	view: NodeView,
	x: tf.Tensor,
): readonly [tf.Tensor, tf.Tensor] => {
	if (numberAttribute(view.node, 'storage_order', 0) !== 0) {
		throw new ModelError(
			`Node ${view.node.name}: TensorFlow.js has no MaxPool whose storage_order is 1; use --runtime onnxruntime`,
		);
	}

	const window = readPool(view);
	const [batch, channels, ...space] = shapeOf(view, 0);
	const integers = (numbers: Int32Array, shape: Shape) => {
		const tensor = engine.tensor(numbers, [...shape], 'int32');
		return shape.length === 4 ? toNhwc(engine, tensor) : tensor;
	};

	const positions = readPositions(view);
	const outer = outerShape(window);
	const places = elementCount(outer);
	const count = positions.length / places;
	const positionsOf = (tap: number) =>
		integers(
			Int32Array.from(
				{length: places},
				(_, place) => positions[place * count + tap],
			),
			[1, 1, ...outer],
		);
	const padded = padWindow(engine, x, window, Number.NEGATIVE_INFINITY);
	const [first, ...others] = sliceTaps(engine, padded, window);
	let largest = first;
	let position = positionsOf(0);
	for (const [index, tap] of others.entries()) {
		const isLarger = engine.greater(tap, largest);
		position = engine.where(isLarger, positionsOf(index + 1), position);
		largest = engine.maximum(largest, tap);
	}

	const starts = Int32Array.from(
		{length: batch * channels},
		(_, plane) => plane * elementCount(space),
	);
	const indices = engine.add(
		position,
		integers(starts, [batch, channels, ...space.map(() => 1)]),
	);
	return [largest, indices];
};
