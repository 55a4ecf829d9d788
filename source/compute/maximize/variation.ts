import type {Picture} from '../../cam/oracle.js';

/** Keeps the derivative finite where neighbours are equal. */
const smoothing = 1e-3;

/** The derivative of the total variation `Σ √((p − right)² + (p − below)² + ε)` with respect to each number of a picture: how much it stands out from its neighbours. */
export const variationGradient = ({
	channels,
	height,
	width,
	data,
}: Picture): Float32Array => {
	const gradient = new Float32Array(data.length);
	for (let row = 0, at = 0; row < channels * height; row++) {
		const hasBelow = (row + 1) % height !== 0;
		for (let x = 0; x < width; x++, at++) {
			const right = x + 1 < width ? data[at] - data[at + 1] : 0;
			const below = hasBelow ? data[at] - data[at + width] : 0;
			const length = Math.sqrt(right ** 2 + below ** 2 + smoothing);
			gradient[at] += (right + below) / length;
			if (right !== 0) {
				gradient[at + 1] -= right / length;
			}

			if (below !== 0) {
				gradient[at + width] -= below / length;
			}
		}
	}

	return gradient;
};
