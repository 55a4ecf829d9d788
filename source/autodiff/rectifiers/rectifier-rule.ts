import type {DenseAdjoint} from '../../ops/adjoint/adjoint.js';
import type {AdjointRule} from '../../ops/rules/adjoint.js';

/** Replaces the derivative of ReLU and its kin for one walk; the network itself is never changed. */
export type RectifierRule = (derivative: AdjointRule) => AdjointRule;

/** `ReLU(R)`, element by element. */
export const positivePart = (adjoint: DenseAdjoint): DenseAdjoint => {
	const {data} = adjoint;
	const positive = new Float32Array(data.length);
	// A plain loop, since it visits every activation of the network.
	for (let at = 0; at < data.length; at++) {
		positive[at] = Math.max(data[at], 0);
	}

	return {...adjoint, data: positive};
};
