import {elementCount, numbersOf, tensorOf} from '../../graph/tensor.js';
import {numberAttribute} from '../node/attributes.js';
import type {Operator} from '../operator.js';
import type {NodeView} from '../node/view.js';
import {axisOf, constantNumbers, shapeOf} from '../node/shapes.js';

const partsOf = (view: NodeView) => {
	const shape = shapeOf(view, 0);
	const rank = shape.length + 1;
	const axis = axisOf(view, numberAttribute(view.node, 'axis', -1), rank);
	const depth = constantNumbers(view, 1)![0];
	return {axis, rank, depth, shape: shape.toSpliced(axis, 0, depth)};
};

/** One number where an index says so, and another elsewhere. @see https://onnx.ai/onnx/operators/onnx__OneHot.html */
export const OneHot: Operator = {
	infer: (view) => [{type: view.inputs[2]!.type, shape: partsOf(view).shape}],
	evaluate(view, [indices, , values]) {
		const {axis, depth, shape} = partsOf(view);
		const inner = elementCount(shape.slice(axis + 1));
		const [off, on] = numbersOf(values!);
		const numbers = Array.from({length: elementCount(shape)}, () => off);
		for (const [at, index] of numbersOf(indices!).entries()) {
			const counted = index < 0 ? index + depth : index;
			if (counted >= 0 && counted < depth) {
				const outer = Math.floor(at / inner);
				numbers[(outer * depth + counted) * inner + (at % inner)] = on;
			}
		}

		return [tensorOf(values!.type, numbers, shape)];
	},
	blocks: 'OneHot is a step function, whose derivative is zero',
	lower: {
		layout: 'onnx',
		apply(engine, view, [indices]) {
			const {axis, rank, depth} = partsOf(view);
			const [off, on] = constantNumbers(view, 2)!;
			const whole = engine.cast(indices!, 'int32');
			const counted = engine.where(
				engine.less(whole, 0),
				engine.add(whole, engine.scalar(depth, 'int32')),
				whole,
			);
			// Its own values would be whole numbers.
			const hot = engine.cast(
				engine.oneHot(engine.cast(counted, 'int32'), depth),
				view.inputs[2]!.type === 'float32' ? 'float32' : 'int32',
			);
			const valued = engine.add(
				engine.mul(hot, engine.scalar(on - off, hot.dtype)),
				engine.scalar(off, hot.dtype),
			);
			// TensorFlow.js puts the new axis last.
			const order = Array.from({length: rank - 1}, (_, at) => at);
			return engine.transpose(valued, order.toSpliced(axis, 0, rank - 1));
		},
	},
};
