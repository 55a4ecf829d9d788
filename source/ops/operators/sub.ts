import {broadcasting} from '../families/elementwise/broadcast.js';

/** `a − b`. @see https://onnx.ai/onnx/operators/onnx__Sub.html */
export const Sub = broadcasting({
	value: (a, b) => a - b,
	lower: (engine, a, b) => engine.sub(a, b),
	slopes: [1, -1],
});
