import {ModelError} from '../errors.js';
import {numberAttribute} from './attributes.js';
import {broadcasting} from './elementwise/broadcast.js';
import type {Operator} from './operator.js';

const {infer, evaluate, lower} = broadcasting({
	value: (a, b) => a - b * Math.floor(a / b),
	lower: (engine, a, b) => engine.mod(a, b),
	slopes: [1, 0],
});

/**
The remainder with the divisor's sign, with which windowed attention counts the cells to pad.

@throws {ModelError} Where it is to have the dividend's sign, as C counts.
@see https://onnx.ai/onnx/operators/onnx__Mod.html
*/
export const Mod: Operator = {
	infer(view) {
		if (numberAttribute(view.node, 'fmod', 0) !== 0) {
			throw new ModelError(
				`Node ${view.node.name}: Mod of fractions (fmod=1) is not known; export the model with torch.remainder of whole numbers`,
			);
		}

		return infer(view);
	},
	evaluate,
	blocks: 'Mod counts, and no derivative of it is known',
	lower,
};
