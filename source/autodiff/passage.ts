import type {Graph, Node} from '../graph/graph.js';
import {findOperator} from '../ops/find-operator.js';

/**
Indices of the inputs that a node passes derivatives on to: real numbers from which it computes real numbers.

Indices, conditions and the inputs of step functions change the result in jumps or not at all. Their derivative is zero wherever it exists, so leaving them out of the sum over all paths loses nothing.
*/
export const passingInputs = (
	{values}: Graph,
	{opType, inputs, outputs}: Node,
): readonly number[] => {
	const isReal = (name: string) => values.get(name)?.type === 'float32';
	return findOperator(opType)?.adjoint && outputs.some((name) => isReal(name))
		? inputs.flatMap((name, index) => (isReal(name) ? [index] : []))
		: [];
};

/** Why a node's derivative exists but is not known, as the end of a sentence; undefined where it is known. */
export const whyUnknown = (
	{constants}: Graph,
	{opType, inputs}: Node,
): string | undefined => {
	const computed = findOperator(opType)
		?.weights?.map((index) => inputs[index])
		.find((name) => name && !constants.has(name));
	return computed === undefined
		? undefined
		: `its weights (${computed}) are computed while the network runs`;
};

/** Why nothing passes a node, as the end of a sentence: it is a step function. */
export const whyNothing = ({opType}: Node): string =>
	findOperator(opType)?.blocks ??
	`${opType} makes whole numbers, whose derivative is zero`;
