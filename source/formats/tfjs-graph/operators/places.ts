import {elementCount, tensorOf} from '../../../graph/tensor.js';
import {numberAttribute} from '../../../ops/node/attributes.js';
import {
	castTo,
	commonLayout,
	elementwise,
	steps,
} from '../../channels-last/elementwise.js';
import {gatherNd} from '../../normalise/upgrades/gather.js';
import {scatterNd} from '../../normalise/upgrades/scatter.js';
import type {GraphOperators} from './operator.js';

/** Operators that take elements from places, put them there, or tell them. */
export const placeOperators: GraphOperators = {
	Cumsum(writer, node) {
		const [x, axis] = node.inputs;
		const layout = commonLayout(writer, [x]);
		const {length: rank} = writer.shapeOf(x);
		const [given] = writer.numbers(axis, `Node ${node.name}: the axis`);
		writer.node(
			layout,
			node.outputs[0],
			'CumSum',
			[
				writer.aligned(x, layout),
				writer.integers([writer.axis(given, rank, layout)]),
			],
			{
				exclusive: numberAttribute(node, 'exclusive', 0),
				reverse: numberAttribute(node, 'reverse', 0),
			},
		);
	},
	GatherNd(writer, {inputs: [x, indices], outputs: [output]}) {
		const {apply} = steps(writer, output);
		writer.inOtherWords('plain', output, gatherNd, {
			opType: 'GatherND',
			inputs: [
				writer.plain(x),
				writer.plain(apply(castTo('int64'), [indices])),
			],
			attributes: {},
		});
	},
	OneHot(writer, node) {
		const [indices, depth, on, off] = node.inputs;
		const number = (name: string) =>
			writer.numbers(name, `Node ${node.name}: a number`)[0];
		const values = tensorOf(writer.typeOf(on), [number(off), number(on)]);
		const {apply} = steps(writer, node.outputs[0]);
		writer.plainNode(
			node.outputs[0],
			'OneHot',
			[
				writer.plain(apply(castTo('int64'), [indices])),
				writer.integers([number(depth)]),
				writer.constantFor(values),
			],
			{axis: numberAttribute(node, 'axis', -1)},
		);
	},
	/** Adds up what goes to the same place, among zeros. */
	ScatterNd(writer, node) {
		const [indices, updates, sizes] = node.inputs;
		const shape = writer.numbers(sizes, `Node ${node.name}: the shape`);
		const zeros = Array.from({length: elementCount(shape)}, () => 0);
		writer.inOtherWords('plain', node.outputs[0], scatterNd, {
			opType: 'ScatterND',
			inputs: [
				writer.constantFor(tensorOf(writer.typeOf(updates), zeros, shape)),
				writer.plain(indices),
				writer.plain(updates),
			],
			attributes: {reduction: 'add'},
		});
	},
	TensorScatterUpdate(writer, {inputs, outputs: [output]}) {
		writer.inOtherWords('plain', output, scatterNd, {
			opType: 'ScatterND',
			inputs: inputs.map((name) => writer.plain(name)),
			attributes: {},
		});
	},
	TopKV2(writer, node) {
		const [x, count] = node.inputs;
		const [values, indices = writer.temporary(values)] = node.outputs;
		const layout = commonLayout(writer, [x]);
		const {length: rank} = writer.shapeOf(x);
		const found = writer.temporary(indices);
		writer.nodes(layout, [values, found], {
			opType: 'TopK',
			inputs: [
				writer.aligned(x, layout),
				writer.integers(writer.numbers(count, `Node ${node.name}: the count`)),
			],
			attributes: {axis: writer.axis(-1, rank, layout)},
		});
		// As in TensorFlow.js, beside constants of the same type.
		elementwise(writer, indices, castTo('int32'), [found]);
	},
};
