import {reducing} from '../families/reducing.js';
import {sum} from './reduce-sum.js';

/** The sum of squares along axes. @see https://onnx.ai/onnx/operators/onnx__ReduceSumSquare.html */
export const ReduceSumSquare = reducing({
	value: (elements) => sum(elements.map((element) => element ** 2)),
	slope: (x) => 2 * x,
	lower: (engine, x, axes) => engine.sum(engine.square(x), axes, true),
});
