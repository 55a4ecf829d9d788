import type {CamMethod} from '../method.js';
import {sumSpace} from '../products.js';

/**
Weighs each channel by its positive gradients, each with a share of its own: `ReLU(Σ_k w_k A_k)` with `w_k = Σ_hw α_k · ReLU(G_k)` and `α_k = G_k² / (2 G_k² + (Σ_hw A_k) G_k³)`, 0 where the gradient or the denominator is.

Here `G²` is cancelled, which is the same number with less rounding; pytorch-grad-cam adds 1e-6 to the denominator before (grad_cam_plusplus.py:28), which outweighs small gradients. For a single pixel: like Grad-CAM it has one weight a channel, but many weak cells no longer outvote a few strong ones, so it reacts a little more to where the pixel is.

@see Chattopadhay et al., "Grad-CAM++: Improved Visual Explanations for Deep Convolutional Networks", WACV 2018, equations 5 and 19. https://arxiv.org/abs/1710.11063
*/
export const gradCamPlusPlus: CamMethod = {
	name: 'grad-cam++',
	label: 'Grad-CAM++',
	description: 'Like Grad-CAM, with a share for every positive gradient',
	kind: 'weights',
	weights(gradient, activations) {
		const sums = activations.sums();
		return sumSpace(gradient, activations, (g, channel) => {
			const denominator = 2 + sums[channel] * g;
			return g > 0 && denominator !== 0 ? g / denominator : 0;
		});
	},
};
