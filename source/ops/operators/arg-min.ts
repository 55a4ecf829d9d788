import {bestIndex} from '../families/elementwise/best-index.js';

/** Where along an axis the smallest element is. @see https://onnx.ai/onnx/operators/onnx__ArgMin.html */
export const ArgMin = bestIndex(
	'ArgMin',
	(a, b) => a < b,
	(engine, x, axis) => engine.argMin(x, axis),
);
