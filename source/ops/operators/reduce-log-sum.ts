import {reducing} from '../families/reducing.js';
import {sum} from './reduce-sum.js';

/** The logarithm of the sum along axes. @see https://onnx.ai/onnx/operators/onnx__ReduceLogSum.html */
export const ReduceLogSum = reducing({
	value: (elements) => Math.log(sum(elements)),
	slope: (_x, y) => Math.exp(-y),
	lower: (engine, x, axes) => engine.log(engine.sum(x, axes, true)),
});
