import type {Activations} from '../activations.js';
import type {CamMethod} from '../method.js';
import {seededNumbers} from '../noise.js';

/** Power iterations at most; where so many don't suffice, two components are equally strong, and either will do. */
const maxIterations = 500;

/** The change of the direction, squared, at which it has settled as far as single precision can tell. */
const settled = 1e-16;

/** `[channels]`: the mean of each channel. */
const meansOf = ({space, sums}: Activations) =>
	sums().map((sum) => sum / space);

/** `[space]` A v − mean: how far each position lies along a direction. */
const project = (
	{channels, space, data}: Activations,
	means: Float64Array,
	direction: Float64Array,
): Float64Array => {
	let offset = 0;
	const projection = new Float64Array(space);
	for (let channel = 0, index = 0; channel < channels; channel++) {
		const weight = direction[channel];
		offset += weight * means[channel];
		for (let at = 0; at < space; at++, index++) {
			projection[at] += weight * data[index];
		}
	}

	return projection.map((value) => value - offset);
};

/** `[channels]` Aᵀ p, of length 1; zero where the activations do not vary. A projection sums to 0, so that the means drop out. */
const directionOf = (
	{channels, space, data}: Activations,
	projection: Float64Array,
): Float64Array => {
	const direction = new Float64Array(channels);
	for (let channel = 0, index = 0; channel < channels; channel++) {
		let sum = 0;
		for (let at = 0; at < space; at++, index++) {
			sum += projection[at] * data[index];
		}

		direction[channel] = sum;
	}

	const length = Math.hypot(...direction);
	return length > 0 ? direction.map((value) => value / length) : direction;
};

const squaredDistance = (a: Float64Array, b: Float64Array): number => {
	let sum = 0;
	for (const [index, value] of a.entries()) {
		sum += (value - b[index]) ** 2;
	}

	return sum;
};

const dot = (a: Float64Array, b: Float64Array): number => {
	let sum = 0;
	for (const [index, value] of a.entries()) {
		sum += value * b[index];
	}

	return sum;
};

/**
The first principal component of the activations: `(A − Ā) v`, with A `[positions, K]`, Ā the mean over positions, and v the first right singular vector of `A − Ā`.

A singular vector has no sign of its own; here it points to where the layer is more active than elsewhere (`v · Ā ≥ 0`). No class is asked for, and no gradient: the map shows what stands out in the picture, whatever the target. For a single pixel: the same for all.

@see Muhammad and Yeasin, "Eigen-CAM: Class Activation Map using Principal Components", IJCNN 2020, section III: `L = A v`, there without the mean taken off; with it as in pytorch-grad-cam. https://arxiv.org/abs/2008.00299
*/
export const eigenCam: CamMethod = {
	name: 'eigen-cam',
	label: 'EigenCAM',
	description: 'What stands out in the layer, whatever the target',
	kind: 'map',
	async maps({layer: {activations}, targets}) {
		const means = meansOf(activations);
		// Any direction will do that is not at right angles to the answer, which a random one never is.
		const random = seededNumbers(1);
		let direction: Float64Array = means.map(() => random() - 0.5);
		let projection = project(activations, means, direction);
		for (let iteration = 0; iteration < maxIterations; iteration++) {
			const next = directionOf(activations, projection);
			const change = squaredDistance(next, direction);
			direction = next;
			projection = project(activations, means, direction);
			if (change < settled) {
				break;
			}
		}

		const sign = dot(direction, means) < 0 ? -1 : 1;
		return Array.from({length: targets}, () =>
			Float32Array.from(projection, (value) => sign * value),
		);
	},
};
