import {reducing} from '../families/reducing.js';
import {sum} from './reduce-sum.js';

/** The sum of magnitudes along axes. @see https://onnx.ai/onnx/operators/onnx__ReduceL1.html */
export const ReduceL1 = reducing({
	value: (elements) => sum(elements.map((element) => Math.abs(element))),
	slope: (x) => Math.sign(x),
	lower: (engine, x, axes) => engine.sum(engine.abs(x), axes, true),
});
