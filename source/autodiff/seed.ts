import {ModelError} from '../errors.js';
import {elementCount, type Shape} from '../graph/tensor.js';
import type {SparseAdjoint} from '../ops/adjoint/adjoint.js';
import {channelCount, positionCount} from '../ops/adjoint/extent.js';

/** The scalar that is explained: one class's logits summed over some pixels. */
export type Target = {
	/** The channel of the logits. */
	readonly class: number;
	/** A class whose logits are subtracted: why `class` and not this one. */
	readonly versus?: number;
	/** Pixels of the logits; a classifier's logits have a single one, at position 0. */
	readonly pixels: ReadonlyArray<{
		/** Flat index `row · width + column`. */
		readonly position: number;
		/** The pixel's weight in the sum; 1 where left out. */
		readonly weight?: number;
	}>;
};

/**
The derivative of each target with respect to the logits `[1, classes, …space]`: where every walk starts.

@throws {ModelError} If a class or pixel is outside the logits.
*/
export const seedAdjoint = (
	shape: Shape,
	targets: readonly Target[],
): SparseAdjoint => {
	const classes = channelCount(shape);
	const space = positionCount(shape);
	const owners: number[] = [];
	const positions: number[] = [];
	const weights: number[] = [];
	for (const [owner, target] of targets.entries()) {
		for (const [position, weight] of weighPixels(target)) {
			if (!(position >= 0 && position < space)) {
				throw new ModelError(
					`Pixel ${position} is outside the logits [${shape.join(', ')}]; name one from 0 to ${space - 1}`,
				);
			}

			owners.push(owner);
			positions.push(position);
			weights.push(weight);
		}
	}

	const rows = new Float32Array(elementCount([owners.length, classes]));
	for (const [row, owner] of owners.entries()) {
		const target = targets[owner];
		rows[row * classes + checkClass(target.class, classes)] += weights[row];
		if (target.versus !== undefined) {
			rows[row * classes + checkClass(target.versus, classes)] -= weights[row];
		}
	}

	return {
		kind: 'sparse',
		seeds: targets.length,
		shape,
		owners: Int32Array.from(owners),
		positions: Int32Array.from(positions),
		rows,
	};
};

/** A pixel named twice counts twice, in one row. */
const weighPixels = ({pixels}: Target): ReadonlyMap<number, number> => {
	const weights = new Map<number, number>();
	for (const {position, weight = 1} of pixels) {
		weights.set(position, (weights.get(position) ?? 0) + weight);
	}

	return weights;
};

const checkClass = (index: number, classes: number): number => {
	if (!(index >= 0 && index < classes)) {
		throw new ModelError(
			`Class ${index} is outside the ${classes} classes of the logits; name one from 0 to ${classes - 1}`,
		);
	}

	return index;
};
