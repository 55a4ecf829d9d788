import type {CamMethod} from '../cam/method.js';

/** Numbers in the gradients of all targets of a batch: 128 MB. */
const maxGradients = 2 ** 25;

/** Numbers in the gradient that a method places for each target; 0 for methods that make do with sums. */
const gradientSize = (
	method: CamMethod,
	{layer, input}: {readonly layer: number; readonly input: number},
): number =>
	({
		means: 0,
		products: 0,
		weights: layer,
		cells: layer,
		map: 'placesGradients' in method ? layer : 0,
		input,
	})[method.kind];

/**
How many targets are explained together: they share walks and forward passes, as far as their gradients fit into memory.

@param sizes Numbers in the layer and in the input.
*/
export const targetsAtOnce = (
	method: CamMethod,
	sizes: {readonly layer: number; readonly input: number},
): number =>
	Math.max(1, Math.floor(maxGradients / gradientSize(method, sizes)));

/** Cuts a list into batches of at most so many. */
export const cutBatches = <Item>(
	items: readonly Item[],
	most: number,
): ReadonlyArray<readonly Item[]> => {
	const batches: Array<readonly Item[]> = [];
	for (let begin = 0; begin < items.length; begin += most) {
		batches.push(items.slice(begin, begin + most));
	}

	return batches;
};
