import {greatestMagnitude} from '../flatten.js';
import type {CamMethod} from '../method.js';

/**
How much the target's logit changes with each number of the input: `∂S/∂X`, and for the map `max_c |∂S/∂X_c|` over the channels c.

@see Simonyan et al., "Deep Inside Convolutional Networks: Visualising Image Classification Models and Saliency Maps", ICLR 2014 workshop, section 3.1. https://arxiv.org/abs/1312.6034
*/
export const saliency: CamMethod = {
	name: 'saliency',
	label: 'Saliency',
	description: 'Pixels whose change would change the target most',
	kind: 'input',
	attribute: async ({inputGradient}) => inputGradient(),
	flatten: greatestMagnitude,
};
