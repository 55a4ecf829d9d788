import {unary} from './elementwise/unary.js';

/** `max(x, 0)`; its slope at 0 is 0, as everywhere in the field. @see https://onnx.ai/onnx/operators/onnx__Relu.html */
export const Relu = unary({
	value: (x) => Math.max(x, 0),
	lower: (engine, x) => engine.relu(x),
	slopeOfOutput: (y) => (y > 0 ? 1 : 0),
});
