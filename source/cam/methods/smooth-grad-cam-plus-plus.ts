import {densify} from '../../ops/adjoint/dense.js';
import type {CamMethod} from '../method.js';
import {visitNoisyInputs} from '../noise.js';

/**
Grad-CAM++ with derivatives averaged over noisy copies of the input: `ReLU(Σ_k w_k A_k)` with `w_k = Σ_hw α_k · ReLU(D¹_k)` and `α_k = D²_k / (2 D²_k + (Σ_hw A_k) D³_k)`, 0 where D² or the denominator is; D¹, D² and D³ are the means of G, G² and G³.

Without noise it is Grad-CAM++. For a single pixel: as Grad-CAM++, steadier where the gradient flickers.

@see Omeiza et al., "Smooth Grad-CAM++: An Enhanced Inference Level Visualization Technique for Deep Convolutional Neural Network Models", 2019, section 3. https://arxiv.org/abs/1908.01224
*/
export const smoothGradCamPlusPlus: CamMethod = {
	name: 'smoothgrad-cam++',
	label: 'SmoothGrad-CAM++',
	description: 'Grad-CAM++ over noisy copies of the input',
	settings: ['samples', 'sigma', 'seed'],
	kind: 'map',
	placesGradients: true,
	async maps(oracle) {
		const {activations} = oracle.layer;
		const {channels, space} = activations;
		const size = channels * space;
		const powers = [1, 2, 3].map(() => new Float64Array(oracle.targets * size));
		const [first, second, third] = powers;
		const count = await visitNoisyInputs(
			oracle,
			{samples: 10, sigma: 0.15},
			async (noisy) => {
				const {data} = densify(await oracle.layerGradient(noisy));
				for (const [index, value] of data.entries()) {
					first[index] += value;
					second[index] += value ** 2;
					third[index] += value ** 3;
				}
			},
		);
		const sums = activations.sums();
		const weights = new Float64Array(oracle.targets * channels);
		for (const [index, sum] of first.entries()) {
			const row = Math.floor(index / space);
			const denominator =
				2 * second[index] + sums[row % channels] * third[index];
			if (sum > 0 && denominator !== 0) {
				weights[row] += ((second[index] / denominator) * sum) / count;
			}
		}

		const maps = await activations.combine(weights);
		return Array.from({length: oracle.targets}, (_, target) =>
			maps.slice(target * space, (target + 1) * space),
		);
	},
};
