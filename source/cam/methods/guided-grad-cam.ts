import {guided} from '../../autodiff/rectifiers/guided.js';
import {rectify} from '../rectify.js';
import {greatestMagnitude} from '../flatten.js';
import type {CamMethod} from '../method.js';
import {resizeBilinear} from '../resize.js';
import {gradCam} from './grad-cam.js';

/**
Guided backpropagation times the target's Grad-CAM at the layer, enlarged bilinearly: sharp, and specific to one class. The map is the greatest magnitude over the channels.

@see Selvaraju et al., "Grad-CAM: Visual Explanations from Deep Networks via Gradient-based Localization", ICCV 2017, section 3.2. https://arxiv.org/abs/1610.02391
*/
export const guidedGradCam: CamMethod = {
	name: 'guided-grad-cam',
	label: 'Guided Grad-CAM',
	description: 'Edges that the network uses, where it sees the class',
	kind: 'input',
	readsLayer: true,
	async attribute({input, layer, inputGradient, maps}) {
		const gradients = await inputGradient({rectifierRule: guided});
		const cams = await maps(gradCam);
		const area = input.height * input.width;
		const size = input.data.length;
		for (const [target, cam] of cams.entries()) {
			rectify(cam);
			const enlarged = resizeBilinear(cam, layer, input);
			for (let at = 0; at < size; at++) {
				gradients[target * size + at] *= enlarged[at % area];
			}
		}

		return gradients;
	},
	flatten: greatestMagnitude,
};
