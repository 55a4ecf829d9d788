import {reducing} from '../families/reducing.js';
import {sum} from './reduce-sum.js';

/** The mean along axes. @see https://onnx.ai/onnx/operators/onnx__ReduceMean.html */
export const ReduceMean = reducing({
	value: (elements) => sum(elements) / elements.length,
	slope: (_x, _y, count) => 1 / count,
	isLinear: true,
	isMean: true,
	lower: (engine, x, axes) => engine.mean(x, axes, true),
});
