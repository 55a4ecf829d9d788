import {bestIndex} from '../families/elementwise/best-index.js';

/** The index of the smallest element along an axis. @see https://onnx.ai/onnx/operators/onnx__ArgMin.html */
export const ArgMin = bestIndex(
	'ArgMin',
	(a, b) => a < b,
	(engine, x, axis) => engine.argMin(x, axis),
);
