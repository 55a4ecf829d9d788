import {reducing} from '../families/reducing.js';

/** The largest element along axes; the derivative goes to it, shared between equal ones. @see https://onnx.ai/onnx/operators/onnx__ReduceMax.html */
export const ReduceMax = reducing({
	value: (elements) => Math.max(...elements),
	slope: (x, y) => (x === y ? 1 : 0),
	isShared: true,
	lower: (engine, x, axes) => engine.max(x, axes, true),
});
