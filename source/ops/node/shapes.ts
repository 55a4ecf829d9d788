import type {Shape, Tensor} from '../../graph/tensor.js';
import {ModelError} from '../../errors.js';
import type {NodeView} from './view.js';
import {numbersAttribute} from './attributes.js';

/** A shape as ONNX tools print it: `[1, 3, 224, 224]`. */
export const shapeText = (shape: Shape): string => `[${shape.join(', ')}]`;

/** The shape of input `index`. @throws {ModelError} If it is left out. */
export const shapeOf = (view: NodeView, index: number): Shape => {
	const value = view.inputs[index];
	if (value === undefined) {
		throw new ModelError(
			`Node ${view.node.name}: ${view.node.opType} has no input ${index}; export the model again`,
		);
	}

	return value.shape;
};

/** An axis counted from the front; ONNX counts negative ones from the back. @throws {ModelError} outside the rank. */
export const axisOf = (view: NodeView, axis: number, rank: number): number => {
	const counted = axis < 0 ? axis + rank : axis;
	if (counted < 0 || counted >= rank) {
		throw new ModelError(
			`Node ${view.node.name}: axis ${axis} is outside a value of rank ${rank}; export the model again`,
		);
	}

	return counted;
};

/**
The numbers of an input that must be known before the network runs (axes, sizes, starts); undefined where it is left out.

@throws {ModelError} If the network computes them.
*/
export const constantNumbers = (
	view: NodeView,
	index: number,
): readonly number[] | undefined => {
	if (view.inputs[index] === undefined) {
		return undefined;
	}

	const tensor: Tensor | undefined = view.constant(index);
	if (tensor === undefined) {
		throw new ModelError(
			`Node ${view.node.name}: input ${index} of ${view.node.opType} (${view.node.inputs[index]}) is computed while the network runs; export the model with a fixed input size`,
		);
	}

	return Array.from<bigint | number, number>(tensor.data, Number);
};

/** Axes counted from the front, in order: an attribute in older opsets, input `index` in newer ones; undefined where left out. */
export const axesOf = (
	view: NodeView,
	index: number,
	rank: number,
): readonly number[] | undefined =>
	(numbersAttribute(view.node, 'axes') ?? constantNumbers(view, index))
		?.map((axis) => axisOf(view, axis, rank))
		.toSorted((a, b) => a - b);

/**
The shape that both broadcast to.

@throws {ModelError} If sizes differ and neither is 1.
@see https://onnx.ai/onnx/repo-docs/Broadcasting.html
*/
export const broadcastShapes = (view: NodeView, a: Shape, b: Shape): Shape =>
	Array.from({length: Math.max(a.length, b.length)}, (_, fromFront) => {
		const fromBack = Math.max(a.length, b.length) - fromFront;
		const sizeA = a[a.length - fromBack] ?? 1;
		const sizeB = b[b.length - fromBack] ?? 1;
		if (sizeA !== sizeB && sizeA !== 1 && sizeB !== 1) {
			throw new ModelError(
				`Node ${view.node.name}: ${shapeText(a)} and ${shapeText(b)} do not broadcast; choose another input size, or export the model again`,
			);
		}

		return sizeA === 1 ? sizeB : sizeA;
	});

/** The stride of each axis of a C-ordered tensor, in elements. */
export const stridesOf = (shape: Shape): number[] => {
	const strides = Array.from({length: shape.length}, () => 1);
	for (let axis = shape.length - 2; axis >= 0; axis--) {
		strides[axis] = strides[axis + 1] * shape[axis + 1];
	}

	return strides;
};
