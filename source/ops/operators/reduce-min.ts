import {reducing} from '../families/reducing.js';

/** The smallest element along axes; the derivative goes to it, shared between equal ones. @see https://onnx.ai/onnx/operators/onnx__ReduceMin.html */
export const ReduceMin = reducing({
	value: (elements) => Math.min(...elements),
	slope: (x, y) => (x === y ? 1 : 0),
	isShared: true,
	lower: (engine, x, axes) => engine.min(x, axes, true),
});
