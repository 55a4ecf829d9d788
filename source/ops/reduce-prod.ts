import type {Operator} from './operator.js';
import {reducing} from './reduction/reducing.js';

const {infer, evaluate, lower} = reducing({
	value(elements) {
		let product = 1;
		for (const element of elements) {
			product *= element;
		}

		return product;
	},
	slope: (x, y) => y / x,
	lower: (engine, x, axes) => engine.prod(x, axes, true),
});

/** The product along axes; networks count elements with it. @see https://onnx.ai/onnx/operators/onnx__ReduceProd.html */
export const ReduceProd: Operator = {
	infer,
	evaluate,
	blocks: 'ReduceProd has no derivative here that holds where a factor is zero',
	lower,
};
