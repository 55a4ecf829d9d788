import type {DenseAdjoint} from '../ops/adjoint/adjoint.js';
import type {AdjointRule} from '../ops/adjoint/rule.js';

/** Makes of what the derivative of a rectifier (ReLU and its like) passes back what one walk passes back instead. The network itself is never changed. */
export type RectifierRule = (derivative: AdjointRule) => AdjointRule;

/** `ReLU(R)`, element by element. */
export const positivePart = (adjoint: DenseAdjoint): DenseAdjoint => {
	const {data} = adjoint;
	const positive = new Float32Array(data.length);
	// Written out, since it runs over every activation of the network.
	for (let at = 0; at < data.length; at++) {
		positive[at] = Math.max(data[at], 0);
	}

	return {...adjoint, data: positive};
};
