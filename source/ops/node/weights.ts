import {ModelError} from '../../errors.js';
import type {NodeView} from './view.js';

/** The constant weights of input `index`. @throws {ModelError} If the network computes them, so that they differ from image to image. */
export const constantWeights = (
	{node, constant}: NodeView,
	index: number,
): Float32Array => {
	const weights = constant(index)?.data;
	if (!(weights instanceof Float32Array)) {
		throw new ModelError(
			`Node ${node.name}: the weights of ${node.opType} (${node.inputs[index]}) are computed while the network runs, so nothing before them can be explained; choose a later layer`,
		);
	}

	return weights;
};
