import type {CamMethod} from '../method.js';
import {sumPositiveChannels} from '../products.js';

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
	cells: sumPositiveChannels,
};
