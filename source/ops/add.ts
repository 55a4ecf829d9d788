import {broadcasting} from './elementwise/broadcast.js';

/** `a + b`: biases and residual connections. @see https://onnx.ai/onnx/operators/onnx__Add.html */
export const Add = broadcasting({
	value: (a, b) => a + b,
	lower: (engine, a, b) => engine.add(a, b),
	slopes: [1, 1],
});
