import {unary} from '../families/elementwise/unary.js';

/** The error function: a Maclaurin series near 0, a continued fraction further out; both to double precision. */
export const erf = (x: number): number => {
	const size = Math.abs(x);
	if (size > 6) {
		return Math.sign(x);
	}

	const square = x * x;
	if (size < 2.5) {
		let term = x;
		let sum = x;
		for (let n = 1; Math.abs(term) > 1e-17 * Math.abs(sum); n++) {
			term *= -square / n;
			sum += term / (2 * n + 1);
		}

		return (2 / Math.sqrt(Math.PI)) * sum;
	}

	let fraction = size;
	for (let n = 60; n > 0; n--) {
		fraction = size + n / 2 / fraction;
	}

	return (
		Math.sign(x) * (1 - Math.exp(-square) / (fraction * Math.sqrt(Math.PI)))
	);
};

/** `2/√π · e^(−x²)`, the derivative of the error function. */
export const erfSlope = (x: number): number =>
	(2 / Math.sqrt(Math.PI)) * Math.exp(-x * x);

/** The error function. @see https://onnx.ai/onnx/operators/onnx__Erf.html */
export const Erf = unary({
	value: erf,
	slope: erfSlope,
	lower: (engine, x) => engine.erf(x),
});
