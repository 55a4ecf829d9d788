/** Σ a · b, in four partial sums so that additions need not wait for each other. */
export const dot = (a: Float32Array, b: Float32Array): number => {
	let first = 0;
	let second = 0;
	let third = 0;
	let fourth = 0;
	let at = 0;
	for (; at + 3 < a.length; at += 4) {
		first += a[at] * b[at];
		second += a[at + 1] * b[at + 1];
		third += a[at + 2] * b[at + 2];
		fourth += a[at + 3] * b[at + 3];
	}

	for (; at < a.length; at++) {
		first += a[at] * b[at];
	}

	return first + second + (third + fourth);
};
