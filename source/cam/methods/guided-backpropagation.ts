import {guided} from '../../autodiff/rectifiers/guided.js';
import {greatestMagnitude} from '../flatten.js';
import type {CamMethod} from '../method.js';

/**
The gradient at the input, with every ReLU passing back the positive part of what reaches it, where it was active in the forward pass; the map is the greatest magnitude over the channels.

Sharp, but nearly the same for every class: it shows which edges the network uses at all. Multiplied by a class's Grad-CAM it becomes guided Grad-CAM.

@see Springenberg et al., "Striving for Simplicity: The All Convolutional Net", ICLR 2015 workshop, section 3.4. https://arxiv.org/abs/1412.6806
*/
export const guidedBackpropagation: CamMethod = {
	name: 'guided-backpropagation',
	label: 'Guided backpropagation',
	description: 'Edges that the network uses, sharp and hardly of one class',
	kind: 'input',
	attribute: async ({inputGradient}) => inputGradient({rectifierRule: guided}),
	flatten: greatestMagnitude,
};
