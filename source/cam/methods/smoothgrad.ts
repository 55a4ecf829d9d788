import {greatestMagnitude} from '../flatten.js';
import type {CamMethod} from '../method.js';
import {visitNoisyInputs} from '../noise.js';

/**
The gradient at the input, averaged over noisy copies of it: `1/n Σ ∂S/∂X at X + N(0, σ²)`; for the map the greatest magnitude over the channels.

A gradient of a ReLU network flickers from pixel to pixel; the mean over a neighbourhood does not. Slopes keep their signs, as with Captum's `NoiseTunnel(Saliency)` and `abs=False`.

@see Smilkov et al., "SmoothGrad: removing noise by adding noise", 2017, section 2. https://arxiv.org/abs/1706.03825
*/
export const smoothGrad: CamMethod = {
	name: 'smoothgrad',
	label: 'SmoothGrad',
	description: 'Saliency over noisy copies of the input',
	settings: ['samples', 'sigma', 'seed'],
	kind: 'input',
	async attribute(oracle) {
		const {input, targets} = oracle;
		const sums = new Float64Array(targets * input.data.length);
		const count = await visitNoisyInputs(
			oracle,
			{samples: 50, sigma: 0.15},
			async (noisy) => {
				const gradient = await oracle.inputGradient({input: noisy});
				for (const [index, value] of gradient.entries()) {
					sums[index] += value;
				}
			},
		);
		return Float32Array.from(sums, (sum) => sum / count);
	},
	flatten: greatestMagnitude,
};
