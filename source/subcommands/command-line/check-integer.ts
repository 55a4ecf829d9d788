import {UsageError} from '../../errors.js';

/** Random seeds and counts are 32 bits long. */
const greatest = 2 ** 32 - 1;

/**
Checks a flag that takes a whole number; one that is not given is fine.

@param flag Its name as typed, without the hyphens.
@throws {UsageError} If it is no whole number, or not from `min` to `max`.
*/
export const checkInteger = (
	flag: string,
	value: number | undefined,
	min: number,
	max?: number,
): void => {
	if (
		value !== undefined &&
		!(Number.isInteger(value) && value >= min && value <= (max ?? greatest))
	) {
		throw new UsageError(
			`--${flag} cannot be ${value}; write a whole number from ${min}${max === undefined ? '' : ` to ${max}`}`,
		);
	}
};
