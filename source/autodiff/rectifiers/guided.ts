import type {Adjoint} from '../../ops/adjoint/adjoint.js';
import type {RectifierRule} from './rectifier-rule.js';

/**
Guided backpropagation's rule for ReLU: keep the positive part of the adjoint where the forward pass was positive, `R_l = (x > 0) · (R_{l+1} > 0) · R_{l+1}`.

@see Springenberg et al., "Striving for Simplicity: The All Convolutional Net", ICLR 2015 workshop, section 3.4 and figure 1. https://arxiv.org/abs/1412.6806
*/
export const guided: RectifierRule = (derivative) => ({
	needs: derivative.needs,
	async dense(context, adjoints) {
		const passed = await derivative.dense(context, adjoints);
		for (const adjoint of passed) {
			if (adjoint) {
				dropNegative(adjoint);
			}
		}

		return passed;
	},
});

/** In place, which is safe: a rectifier's derivative is always a fresh copy. */
const dropNegative = (adjoint: Adjoint): void => {
	const data = adjoint.kind === 'dense' ? adjoint.data : adjoint.rows;
	for (let at = 0; at < data.length; at++) {
		data[at] = Math.max(data[at], 0);
	}
};
