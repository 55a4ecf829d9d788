import {guided} from '../autodiff/guided.js';
import {rectify} from './explain.js';
import {greatestMagnitude} from './flatten.js';
import {gradCam} from './grad-cam.js';
import type {CamMethod} from './method.js';
import {resizeBilinear} from './resize.js';

/**
Guided backpropagation of the target, times the target's Grad-CAM at the layer, enlarged bilinearly: sharp, and of one class. For the map the greatest magnitude over the channels.

@see Selvaraju et al., "Grad-CAM: Visual Explanations from Deep Networks via Gradient-based Localization", ICCV 2017, section 3.2. https://arxiv.org/abs/1610.02391
*/
export const guidedGradCam: CamMethod = {
	name: 'guided-grad-cam',
	label: 'Guided Grad-CAM',
	description: 'Edges that the network uses, where it sees the class',
	kind: 'input',
	readsLayer: true,
	async attribute({input, layer, inputGradient, map}) {
		const gradient = await inputGradient({rectifierRule: guided});
		const cam = await map(gradCam);
		rectify(cam);
		const enlarged = resizeBilinear(cam, layer, input);
		const area = input.height * input.width;
		return gradient.map((value, index) => value * enlarged[index % area]);
	},
	flatten: greatestMagnitude,
};
