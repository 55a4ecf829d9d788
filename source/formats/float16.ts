/** What each half-precision float stands for, by its 16 bits. */
const values = (() => {
	const table = new Float32Array(65_536);
	for (let bits = 0; bits < 65_536; bits++) {
		const exponent = (bits >> 10) & 31;
		const fraction = bits & 1023;
		const magnitude =
			exponent === 0
				? fraction * 2 ** -24
				: exponent === 31
					? fraction === 0
						? Infinity
						: Number.NaN
					: (1 + fraction / 1024) * 2 ** (exponent - 15);
		table[bits] = bits & 0x80_00 ? -magnitude : magnitude;
	}

	return table;
})();

/** Half-precision floats as single-precision ones. @param bits The lower 16 of each number. */
export const fromFloat16 = (bits: ArrayLike<number>): Float32Array =>
	Float32Array.from(bits, (each) => values[each & 0xff_ff]);
