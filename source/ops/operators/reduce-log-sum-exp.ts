import {reducing} from '../families/reducing.js';
import {sum} from './reduce-sum.js';

/** The logarithm of the sum of exponentials along axes, a soft maximum. @see https://onnx.ai/onnx/operators/onnx__ReduceLogSumExp.html */
export const ReduceLogSumExp = reducing({
	value(elements) {
		// Less the maximum, so that no exponential overflows.
		const most = Math.max(...elements);
		return (
			most + Math.log(sum(elements.map((element) => Math.exp(element - most))))
		);
	},
	slope: (x, y) => Math.exp(x - y),
	lower(engine, x, axes) {
		const most = engine.max(x, axes, true);
		return engine.add(
			most,
			engine.log(engine.sum(engine.exp(engine.sub(x, most)), axes, true)),
		);
	},
});
