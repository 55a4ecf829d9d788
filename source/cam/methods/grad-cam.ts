import {channelDirections} from '../directions.js';
import type {GradientMethod} from '../method.js';

/**
Weighs each channel by its mean gradient: `ReLU(Σ_k α_k A_k)` with `α_k = mean_hw G_k`.

For a single pixel: behind a linear head the mean hardly depends on where the pixel is, so neighbouring pixels of a class look alike, and the map shows where the class is seen rather than what this pixel used. For that see HiResCAM and LayerCAM.

@see Selvaraju et al., "Grad-CAM: Visual Explanations from Deep Networks via Gradient-based Localization", ICCV 2017, equations 1 and 2. https://arxiv.org/abs/1610.02391
*/
export const gradCam: GradientMethod = {
	name: 'grad-cam',
	label: 'Grad-CAM',
	description:
		'Where the layer sees the class: channels by their mean gradient',
	directions: channelDirections(({space}) =>
		new Float32Array(space).fill(1 / space),
	),
	kind: 'means',
};
