import {cellDirections} from '../directions.js';
import type {CamMethod} from '../method.js';

/**
Weighs every cell by its own gradient: `ReLU(Σ_k G_k · A_k)`.

For a single pixel: exactly what each cell of the layer adds to this pixel's logit, as far as the head is linear, and nothing outside the pixel's window. This is the method to read pixel by pixel.

@see Draelos and Carin, "Use HiResCAM instead of Grad-CAM for faithful explanations of convolutional neural networks", 2020, equation 4. https://arxiv.org/abs/2011.08891
*/
export const hirescam: CamMethod = {
	name: 'hirescam',
	label: 'HiResCAM',
	description: 'What each cell adds to this very pixel',
	directions: cellDirections,
	kind: 'products',
};
