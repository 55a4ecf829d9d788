import {positivePart, type RectifierRule} from './rectifier-rule.js';

/**
The deconvolution network's rule for ReLU: keep the positive part of the adjoint, whatever the forward pass let through, `R_l = (R_{l+1} > 0) · R_{l+1}`.

@see Zeiler and Fergus, "Visualizing and Understanding Convolutional Networks", ECCV 2014, section 2.1. https://arxiv.org/abs/1311.2901
*/
export const deconvolution: RectifierRule = () => ({
	dense: (_, [adjoint]) => [adjoint && positivePart(adjoint)],
});
