import type {Operator} from '../operator.js';
import {unary, type UnaryRule} from './unary.js';

/** An operator that maps every element to one of a few values, so that its derivative is zero wherever it has one. */
export const step = (
	name: string,
	rule: Pick<UnaryRule, 'value' | 'lower'>,
): Operator => {
	const {infer, evaluate, lower} = unary(rule);
	return {
		infer,
		evaluate,
		blocks: `${name} is a step function, whose derivative is zero`,
		lower,
	};
};
