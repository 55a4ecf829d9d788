import type {DenseAdjoint} from '../ops/adjoint/adjoint.js';
import type {AdjointRule} from '../ops/adjoint/rule.js';

/** Makes of what the derivative of a rectifier (ReLU and its like) passes back what one walk passes back instead. The network itself is never changed. */
export type RectifierRule = (derivative: AdjointRule) => AdjointRule;

/** `ReLU(R)`, element by element. */
export const positivePart = (adjoint: DenseAdjoint): DenseAdjoint => ({
	...adjoint,
	data: adjoint.data.map((value) => Math.max(value, 0)),
});
