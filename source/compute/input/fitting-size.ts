import {ModelError} from '../../errors.js';
import type {InputFormat} from './input-format.js';
import type {DecidedSize, InputSize} from './input-size.js';

/** Sides of the squares that networks are usually trained on, the commonest first. */
const usualSides = [
	224, 256, 384, 512, 336, 448, 518, 320, 640, 299, 192, 128, 96, 64, 32,
] as const;

/** Why the network does not work at a size; undefined if it does. */
const whyNot = (
	read: (size: InputSize) => unknown,
	size: InputSize,
): string | undefined => {
	try {
		read(size);
		return undefined;
	} catch (error) {
		if (error instanceof ModelError) {
			return error.message;
		}

		throw error;
	}
};

/**
Replaces a guessed size that the network does not work at by the first usual square that it works at: a transformer exported with open sizes still has position embeddings for one size only.

@param read Builds the network for a size. If it fails with the same message at another size, the size is not the cause, and the guess stays.
*/
export const findFittingSize = (
	decided: DecidedSize,
	{fixed}: Pick<InputFormat, 'fixed'>,
	read: (size: InputSize) => unknown,
): DecidedSize => {
	const refusal = decided.isGuess ? whyNot(read, decided.size) : undefined;
	if (refusal === undefined) {
		return decided;
	}

	const {height, width} = decided.size;
	const others = usualSides
		.map((side) => ({
			height: fixed.height ?? side,
			width: fixed.width ?? side,
		}))
		.filter((size) => size.height !== height || size.width !== width);
	if (whyNot(read, others[0]) === refusal) {
		return decided;
	}

	const size = others.find((other) => whyNot(read, other) === undefined);
	return size ? {size, isGuess: true} : decided;
};
