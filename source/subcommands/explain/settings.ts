import {UsageError} from '../../errors.js';

const pixelPattern = /^(?<x>\d{1,6}),(?<y>\d{1,6})$/v;

/** Reads `--pixel X,Y`. @throws {UsageError} */
export const parsePixel = (text: string | undefined) => {
	if (text === undefined) {
		return undefined;
	}

	const groups = pixelPattern.exec(text)?.groups;
	if (!groups) {
		throw new UsageError(
			`--pixel "${text}" is not a pixel; write X,Y, as in 120,45`,
		);
	}

	return {x: Number(groups.x), y: Number(groups.y)};
};

/** Reads `--conv-from-end 1,3,4`. @throws {UsageError} */
export const parseCounts = (
	flag: string,
	texts: readonly string[],
): readonly number[] =>
	texts.flatMap((text) =>
		text.split(',').map((part) => {
			const count = Number(part.trim());
			if (!/^\d{1,5}$/v.test(part.trim()) || count === 0) {
				throw new UsageError(
					`--${flag} "${text}" is not a list of whole numbers from 1; write it as in 1,3,4`,
				);
			}

			return count;
		}),
	);

/** @throws {UsageError} If an opacity is none. */
export const checkOpacity = (value: number): void => {
	if (!(value >= 0 && value <= 1)) {
		throw new UsageError(
			`--alpha cannot be ${value}; write an opacity from 0 (the picture alone) to 1 (the colours alone)`,
		);
	}
};
