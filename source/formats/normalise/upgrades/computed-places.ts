import type {Shape} from '../../../graph/tensor.js';
import {stridesOf} from '../../../ops/node/shapes.js';
import type {sequence} from '../../sequence.js';

/** Turns computed indices `[…, axes]` into places `[…]`, counted through those axes; an index below 0 counts from the back. */
export const computePlaces = (
	to: ReturnType<typeof sequence>,
	indices: string,
	axes: Shape,
): string => {
	const isBehind = to.apply('Less', [indices, to.integers([0])]);
	const fromBack = to.apply('Add', [indices, to.integers(axes)]);
	const counted = to.apply('Where', [isBehind, fromBack, indices]);
	const steps = to.apply('Mul', [counted, to.integers(stridesOf(axes))]);
	return to.apply('ReduceSum', [steps, to.integers([-1])], {keepdims: 0});
};
