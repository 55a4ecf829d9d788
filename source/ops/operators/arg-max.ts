import {bestIndex} from '../families/elementwise/best-index.js';

/** The index of the largest element along an axis. @see https://onnx.ai/onnx/operators/onnx__ArgMax.html */
export const ArgMax = bestIndex(
	'ArgMax',
	(a, b) => a > b,
	(engine, x, axis) => engine.argMax(x, axis),
);
