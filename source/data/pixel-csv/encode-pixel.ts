const zero = 0x30;
const space = 0x20;
const newline = 0x0a;
const point = 0x2e;

/** "0000" to "9999", four bytes each: numbers are written four digits at a time. */
const fourDigits = Uint8Array.from(
	{length: 40_000},
	(_, at) => zero + (Math.floor((at >> 2) / 10 ** (3 - (at & 3))) % 10),
);

/** Writes the last four digits of a whole number, with leading zeros, and returns where they end. */
const writeFourDigits = (
	target: Uint8Array,
	at: number,
	value: number,
): number => {
	const digits = value * 4;
	target[at] = fourDigits[digits];
	target[at + 1] = fourDigits[digits + 1];
	target[at + 2] = fourDigits[digits + 2];
	target[at + 3] = fourDigits[digits + 3];
	return at + 4;
};

/** Writes a whole number and returns where it ends. */
const writeInteger = (
	target: Uint8Array,
	at: number,
	value: number,
): number => {
	if (value >= 10_000) {
		const high = Math.floor(value / 10_000);
		return writeFourDigits(
			target,
			writeInteger(target, at, high),
			value - high * 10_000,
		);
	}

	const end = at + (value < 10 ? 1 : value < 100 ? 2 : value < 1000 ? 3 : 4);
	for (let digit = end - 1, rest = value * 4 + 3; digit >= at; digit--) {
		target[digit] = fourDigits[rest--];
	}

	return end;
};

/**
A weight in ten-thousandths, rounded like C's `printf("%.4f")`: the exact binary value to the nearest, ties to even.
*/
export const tenThousandths = (weight: number): number => {
	const scaled = weight * 10_000;
	const floor = Math.floor(scaled);
	const rest = scaled - floor;
	// The product is off by less than 1e-12, so only near a half can it be on the wrong side.
	if (Math.abs(rest - 0.5) > 1e-9) {
		return rest > 0.5 ? floor + 1 : floor;
	}

	// Between 0 and 1, float64 numbers that lie right between two are the odd multiples of 1/32.
	return Number.isInteger(weight * 32)
		? floor + (floor % 2)
		: Math.round(Number(weight.toFixed(4)) * 10_000);
};

/** The most bytes that `encodePixel` writes for this many Grad-CAM pixels: ten digits and a space, six characters and a space, and two line breaks. */
export const maxPixelLength = (count: number): number => count * 18 + 2;

/**
Writes the two lines of a pixel: flat indices, then weights with four digits after the point.

@param target With room for `maxPixelLength(indices.length)` bytes at `at`.
@param weights One for each index, 0–1.
@returns Where the second line ends.
@throws {RangeError} If a weight is not within 0–1.
*/
export const encodePixel = (
	target: Uint8Array,
	at: number,
	indices: Uint32Array,
	weights: Float32Array,
): number => {
	const count = indices.length;
	for (let item = 0; item < count; item++) {
		at = writeInteger(target, at, indices[item]);
		target[at++] = space;
	}

	// The line break takes the place of the last space.
	at -= Number(count > 0);
	target[at++] = newline;

	for (let item = 0; item < count; item++) {
		const weight = weights[item];
		if (!(weight >= 0 && weight <= 1)) {
			throw new RangeError(`The weight ${weight} is not within 0–1`);
		}

		const value = tenThousandths(weight);
		target[at] = value === 10_000 ? zero + 1 : zero;
		target[at + 1] = point;
		at = writeFourDigits(target, at + 2, value === 10_000 ? 0 : value);
		target[at++] = space;
	}

	at -= Number(count > 0);
	target[at++] = newline;
	return at;
};
