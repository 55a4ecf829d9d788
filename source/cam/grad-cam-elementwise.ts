import {densify} from '../ops/adjoint/dense.js';
import type {CamMethod} from './method.js';

/**
Grad-CAM with a weight for every element of the activations: `Σ_k ReLU(G_k · A_k)`.

Where activations are never negative, as behind a ReLU, this is LayerCAM; elsewhere a negative gradient on a negative activation speaks for the target too. For a single pixel: like LayerCAM.

@see Jacob Gildenblat's pytorch-grad-cam, GradCAMElementWise: "elementwise multiply the activations with the gradients, then apply a ReLU operation before summing". https://github.com/jacobgil/pytorch-grad-cam
*/
export const gradCamElementwise: CamMethod = {
	name: 'grad-cam-elementwise',
	label: 'Grad-CAM element-wise',
	description: 'What each element adds to the target, where it adds',
	kind: 'cells',
	async cells(gradient, {channels, space, data, byPosition}) {
		if (gradient.kind === 'sparse' && !gradient.uniform) {
			const {positions, rows} = gradient;
			const map = new Float32Array(space);
			const activations = await byPosition();
			for (const [row, position] of positions.entries()) {
				let sum = 0;
				for (let channel = 0; channel < channels; channel++) {
					sum += Math.max(
						rows[row * channels + channel] *
							activations[position * channels + channel],
						0,
					);
				}

				map[position] = sum;
			}

			return map;
		}

		const map = new Float64Array(space);
		for (const [index, value] of densify(gradient).data.entries()) {
			map[index % space] += Math.max(value * data[index], 0);
		}

		return Float32Array.from(map);
	},
};
