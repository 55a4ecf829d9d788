/** Nodes and weights of a quadrature rule on [0, 1]. */
export type Quadrature = {
	readonly nodes: readonly number[];
	readonly weights: readonly number[];
};

/** The Legendre polynomial P_n at x, and its derivative. */
const legendre = (n: number, x: number) => {
	let [before, value] = [1, x];
	for (let k = 2; k <= n; k++) {
		[before, value] = [value, ((2 * k - 1) * x * value - (k - 1) * before) / k];
	}

	return {value, slope: (n * (x * value - before)) / (x * x - 1)};
};

/**
The Gauss–Legendre rule with n nodes, mapped from [−1, 1] to [0, 1]: exact for polynomials up to degree 2n − 1.

@see https://dlmf.nist.gov/3.5 equations 3.5.15 and 3.5.19
*/
export const gaussLegendre = (n: number): Quadrature => {
	const nodes: number[] = [];
	const weights: number[] = [];
	for (let i = n; i >= 1; i--) {
		// Close enough to the root that Newton's method finds no other.
		let x = Math.cos((Math.PI * (i - 0.25)) / (n + 0.5));
		for (let iteration = 0; iteration < 8; iteration++) {
			const {value, slope} = legendre(n, x);
			x -= value / slope;
		}

		nodes.push((x + 1) / 2);
		weights.push(1 / ((1 - x * x) * legendre(n, x).slope ** 2));
	}

	return {nodes, weights};
};
