import {positivePart, type RectifierRule} from './rectifier-rule.js';

/**
Guided backpropagation's rule for ReLU: what the forward pass let through and speaks for the target, `R_l = (x > 0) · (R_{l+1} > 0) · R_{l+1}`.

@see Springenberg et al., "Striving for Simplicity: The All Convolutional Net", ICLR 2015 workshop, section 3.4 and figure 1. https://arxiv.org/abs/1412.6806
*/
export const guided: RectifierRule = (derivative) => ({
	needs: derivative.needs,
	dense: async (context, adjoints) =>
		derivative.dense(
			context,
			adjoints.map((adjoint) => adjoint && positivePart(adjoint)),
		),
});
