import {convolutionOperators} from './convolution.js';
import {elementwiseOperators} from './elementwise.js';
import type {GraphOperators} from './operator.js';
import {reductionOperators} from './reduction.js';
import {shapingOperators} from './shaping.js';

/** Every operator of TensorFlow that is known, by its name. */
export const operators: GraphOperators = {
	...convolutionOperators,
	...elementwiseOperators,
	...reductionOperators,
	...shapingOperators,
};
