import {numberAttribute} from '../node/attributes.js';
import {unary} from '../families/elementwise/unary.js';

/** A straight line, cut off at 0 and 1: `clip(alpha x + beta)`. @see https://onnx.ai/onnx/operators/onnx__HardSigmoid.html */
export const HardSigmoid = unary(({node}) => {
	const alpha = numberAttribute(node, 'alpha', 0.2);
	const beta = numberAttribute(node, 'beta', 0.5);
	return {
		value: (x) => Math.min(Math.max(alpha * x + beta, 0), 1),
		slopeOfOutput: (y) => (y > 0 && y < 1 ? alpha : 0),
		lower: (engine, x) =>
			engine.clipByValue(engine.add(engine.mul(x, alpha), beta), 0, 1),
	};
});
