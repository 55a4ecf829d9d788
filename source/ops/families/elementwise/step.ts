import type {Operator} from '../../operator.js';
import type {NodeView} from '../../node/view.js';
import {unary, type UnaryRule} from './unary.js';

type StepRule = Pick<UnaryRule, 'value' | 'lower'>;

/** An operator that maps every element to one of a few values, so that its derivative is zero wherever it has one. */
export const step = (
	name: string,
	rule: StepRule | ((view: NodeView) => StepRule),
): Operator => {
	const {infer, evaluate, lower} = unary(rule);
	return {
		infer,
		evaluate,
		blocks: `${name} is a step function, whose derivative is zero`,
		lower,
	};
};

/** A step function that answers yes or no. */
export const question = (
	name: string,
	rule: StepRule | ((view: NodeView) => StepRule),
): Operator => {
	const answering = step(name, rule);
	return {
		...answering,
		infer: ({inputs}) => [{type: 'bool', shape: inputs[0]!.shape}],
		evaluate: (view, inputs) =>
			answering.evaluate!(view, inputs).map(({shape, data}) => ({
				type: 'bool',
				shape,
				data: Uint8Array.from(data, Number),
			})),
	};
};
