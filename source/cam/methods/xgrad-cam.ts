import {channelDirections} from '../directions.js';
import type {CamMethod} from '../method.js';
import {dotSpace} from '../products.js';

/**
Weighs each channel by its gradient where the channel is active: `ReLU(Σ_k w_k A_k)` with `w_k = Σ_hw (G_k · A_k) / Σ_hw A_k`, 0 for a channel that sums to 0.

For a single pixel: only what lies in the pixel's own window of gradients counts, weighed by how active the channel is there, so it follows the pixel more than Grad-CAM does; the map still shows whole channels.

@see Fu et al., "Axiom-based Grad-CAM: Towards Accurate Visualization and Explanation of CNNs", BMVC 2020, equation 8. https://arxiv.org/abs/2008.02312
*/
export const xgradCam: CamMethod = {
	name: 'xgrad-cam',
	label: 'XGrad-CAM',
	description: 'Channels by their gradient where they are active',
	directions: channelDirections((activations, channel) => {
		const {space, data} = activations;
		const sum = activations.sums()[channel];
		return data
			.subarray(channel * space, (channel + 1) * space)
			.map((value) => (sum === 0 ? 0 : value / sum));
	}),
	kind: 'weights',
	async weights(gradient, activations) {
		const products = await dotSpace(gradient, activations);
		return activations
			.sums()
			.map((sum, channel) => (sum === 0 ? 0 : products[channel] / sum));
	},
};
