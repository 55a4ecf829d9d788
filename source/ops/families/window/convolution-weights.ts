import {ModelError} from '../../../errors.js';
import type {Shape} from '../../../graph/tensor.js';
import {numberAttribute} from '../../node/attributes.js';
import {shapeOf, shapeText} from '../../node/shapes.js';
import type {NodeView} from '../../node/view.js';

/** What a convolution, transposed or not, reads, and its weights. */
export type ConvolutionShapes = {
	/** The input's channels. */
	readonly inputs: number;
	/** The input's size over space. */
	readonly space: readonly number[];
	/** `[Cout, Cin / groups, …kernel]`; transposed, `[Cin, Cout / groups, …kernel]`. */
	readonly weights: Shape;
	readonly groups: number;
};

/**
Reads the shapes of a convolution.

@throws {ModelError} If the weights do not fit the input.
*/
export const readConvolutionShapes = (
	view: NodeView,
	fits: (shapes: ConvolutionShapes) => boolean,
): ConvolutionShapes => {
	const [, inputs, ...space] = shapeOf(view, 0);
	const weights = shapeOf(view, 1);
	const groups = numberAttribute(view.node, 'group', 1);
	const shapes = {inputs, space, weights, groups};
	if (!fits(shapes)) {
		throw new ModelError(
			`Node ${view.node.name}: weights ${shapeText(weights)} in ${groups} groups do not fit an input ${shapeText(shapeOf(view, 0))}; export the model again`,
		);
	}

	return shapes;
};

/** @throws {ModelError} If there is a bias that has not one number for each output channel. */
export const checkBias = (view: NodeView, outputs: number): void => {
	const shape = view.inputs[2]?.shape ?? [outputs];
	if (shape.length !== 1 || shape[0] !== outputs) {
		throw new ModelError(
			`Node ${view.node.name}: a bias ${shapeText(shape)} does not fit ${outputs} channels; export the model again`,
		);
	}
};
