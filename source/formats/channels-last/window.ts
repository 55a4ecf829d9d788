import {ModelError} from '../../errors.js';

/** How a window moves over a picture: `SAME` reaches every element and has the odd one of its padding at the end, `VALID` stays inside. */
export type Movement = {
	/** Down and to the right. */
	readonly strides: readonly number[];
	readonly dilations?: readonly number[];
	/** `SAME`, `VALID`, or elements before and behind each axis: `[[top, bottom], [left, right]]`. */
	readonly padding: string | ReadonlyArray<readonly [number, number]>;
};

const splitPad = (total: number) => {
	const before = Math.floor(total / 2);
	return [before, total - before] as const;
};

/** Elements from the first tap to the last. */
const reachOf = (
	kernel: readonly number[],
	axis: number,
	{dilations = [1, 1]}: Movement,
) => dilations[axis] * (kernel[axis] - 1) + 1;

/** ONNX's order: top, left, bottom, right. */
const inOrder = (pads: ReadonlyArray<readonly [number, number]>) => [
	...pads.map(([before]) => before),
	...pads.map(([, behind]) => behind),
];

const unknownPadding = (padding: string) =>
	new ModelError(
		`The padding "${padding}" is not known; use a model with same or valid padding`,
	);

/** Padding of a window that reads a picture of this height and width. @throws {ModelError} If its kind is not known. */
export const padsOf = (
	inner: readonly number[],
	kernel: readonly number[],
	movement: Movement,
): readonly number[] => {
	const {padding, strides} = movement;
	if (typeof padding !== 'string') {
		return inOrder(padding);
	}

	switch (padding.toUpperCase()) {
		case 'VALID': {
			return [0, 0, 0, 0];
		}

		case 'SAME': {
			return inOrder(
				inner.map((size, axis) =>
					splitPad(
						Math.max(
							0,
							(Math.ceil(size / strides[axis]) - 1) * strides[axis] +
								reachOf(kernel, axis, movement) -
								size,
						),
					),
				),
			);
		}

		default: {
			throw unknownPadding(padding);
		}
	}
};

/** The height or width that a transposed convolution makes where nobody says it: what a convolution back would take. */
const usualSize = (
	outer: number,
	reach: number,
	stride: number,
	isSame: boolean,
) => outer * stride + (isSame ? 0 : Math.max(reach - stride, 0));

/**
Padding of a transposed convolution, and what it adds at the end, so that a picture of one height and width becomes one of another: it turns around the convolution from `inner` to `outer`.

@param outer What it reads.
@param inner What it makes; where left out, what is usual.
@throws {ModelError} If its kind is not known, or no such convolution leads from one to the other.
*/
export const transposedPads = (
	outer: readonly number[],
	kernel: readonly number[],
	movement: Movement,
	inner?: readonly number[],
): {readonly pads: readonly number[]; readonly added: readonly number[]} => {
	const {padding, strides} = movement;
	if (typeof padding !== 'string' || !/^(?:same|valid)$/iv.test(padding)) {
		throw unknownPadding(String(padding));
	}

	const isSame = padding.toUpperCase() === 'SAME';
	const axes = outer.map((size, axis) => {
		const stride = strides[axis];
		const reach = reachOf(kernel, axis, movement);
		const made = inner?.[axis] ?? usualSize(size, reach, stride, isSame);
		const full = (size - 1) * stride + reach;
		const pads = splitPad(isSame ? Math.max(0, full - made) : 0);
		const added = made - full + pads[0] + pads[1];
		if (added < 0 || added >= stride) {
			throw new ModelError(
				`A transposed convolution cannot make ${made} of ${size} with steps of ${stride}; export the model for this input size`,
			);
		}

		return {pads, added};
	});
	return {
		pads: inOrder(axes.map(({pads}) => pads)),
		added: axes.map(({added}) => added),
	};
};
