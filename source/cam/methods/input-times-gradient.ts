import {sumOfChannels} from '../flatten.js';
import type {CamMethod} from '../method.js';

/**
What each number of the input adds to the target's logit, as far as the network is linear around it: `X · ∂S/∂X`; for the map summed over the channels.

The input is what the network is fed, so a number that preparation made 0 (the mean colour, as a rule) adds nothing.

@see Shrikumar et al., "Not Just a Black Box: Learning Important Features Through Propagating Activation Differences", 2016, section 2. https://arxiv.org/abs/1605.01713
*/
export const inputTimesGradient: CamMethod = {
	name: 'input-times-gradient',
	label: 'Input × gradient',
	description: 'What each pixel adds to the target, if the network were linear',
	kind: 'input',
	async attribute({input, inputGradient}) {
		const gradient = await inputGradient();
		const {data} = input;
		return gradient.map((value, index) => value * data[index % data.length]);
	},
	flatten: sumOfChannels,
};
