import {branchOperators} from './branches.js';
import {convolutionOperators} from './convolution.js';
import {elementwiseOperators} from './elementwise.js';
import type {GraphOperators} from './operator.js';
import {partOperators} from './parts.js';
import {phaseOperators} from './phases.js';
import {placeOperators} from './places.js';
import {reductionOperators} from './reduction.js';
import {resizingOperators} from './resizing.js';
import {shapingOperators} from './shaping.js';
import {sizeOperators} from './sizes.js';

/** Every operator of TensorFlow that is known, by its name. */
export const operators: GraphOperators = {
	...branchOperators,
	...convolutionOperators,
	...elementwiseOperators,
	...partOperators,
	...phaseOperators,
	...placeOperators,
	...reductionOperators,
	...resizingOperators,
	...shapingOperators,
	...sizeOperators,
};
