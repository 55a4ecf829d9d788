import {deconvolution as rectifierRule} from '../../autodiff/rectifiers/deconvolution.js';
import {greatestMagnitude} from '../flatten.js';
import type {CamMethod} from '../method.js';

/**
The gradient at the input, with every ReLU passing back the positive part of what reaches it, whether or not it was active in the forward pass; the map is the greatest magnitude over the channels.

@see Zeiler and Fergus, "Visualizing and Understanding Convolutional Networks", ECCV 2014, section 2.1. https://arxiv.org/abs/1311.2901
*/
export const deconvolution: CamMethod = {
	name: 'deconvolution',
	label: 'Deconvolution',
	description: 'The target led back to the pixels, through positive parts only',
	kind: 'input',
	attribute: async ({inputGradient}) => inputGradient({rectifierRule}),
	flatten: greatestMagnitude,
};
