import {reducing} from '../families/reducing.js';

/** The Euclidean norm along axes; its derivative at 0 is taken as 0. @see https://onnx.ai/onnx/operators/onnx__ReduceL2.html */
export const ReduceL2 = reducing({
	value: (elements) => Math.hypot(...elements),
	slope: (x, y) => (y === 0 ? 0 : x / y),
	lower: (engine, x, axes) =>
		engine.sqrt(engine.sum(engine.square(x), axes, true)),
});
