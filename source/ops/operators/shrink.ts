import {numberAttribute} from '../node/attributes.js';
import {unary} from '../families/elementwise/unary.js';

/** 0 within `lambd` of 0, elsewhere moved towards 0 by `bias`. @see https://onnx.ai/onnx/operators/onnx__Shrink.html */
export const Shrink = unary(({node}) => {
	const lambda = numberAttribute(node, 'lambd', 0.5);
	const bias = numberAttribute(node, 'bias', 0);
	return {
		value: (x) => (x < -lambda ? x + bias : x > lambda ? x - bias : 0),
		slope: (x) => (Math.abs(x) > lambda ? 1 : 0),
		lower: (engine, x) =>
			engine.mul(
				engine.sub(x, engine.mul(engine.sign(x), bias)),
				engine.cast(engine.greater(engine.abs(x), lambda), 'float32'),
			),
	};
});
