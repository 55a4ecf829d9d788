import {bestIndex} from '../families/elementwise/best-index.js';

/** Where along an axis the largest element is. @see https://onnx.ai/onnx/operators/onnx__ArgMax.html */
export const ArgMax = bestIndex(
	'ArgMax',
	(a, b) => a > b,
	(engine, x, axis) => engine.argMax(x, axis),
);
