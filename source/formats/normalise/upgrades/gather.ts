import {elementCount, tensorOf, type Shape} from '../../../graph/tensor.js';
import {numberAttribute} from '../../../ops/node/attributes.js';
import {sequence} from '../../sequence.js';
import {computePlaces} from './computed-places.js';
import {written, type Upgrade} from './upgrade.js';

/** Where each batch begins among the places, to be added to an index of it: `[…batch, 1 …]`. */
const batchStarts = (batch: Shape, places: number, rank: number) =>
	tensorOf(
		'int64',
		Array.from({length: elementCount(batch)}, (_, at) => at * places),
		[...batch, ...Array.from({length: rank - batch.length}, () => 1)],
	);

/** Takes slices at positions along several axes, as `x[:, rows, columns]` does: along one axis, into which those are laid. Indices that are known beforehand are worked out as constants. @see https://onnx.ai/onnx/operators/onnx__GatherND.html */
export const gatherNd: Upgrade = (node, context) => {
	const to = sequence(node);
	const [x, indices] = node.inputs;
	const shape = context.draft.shapeOf(x);
	const taken = context.draft.shapeOf(indices);
	const batches = numberAttribute(node, 'batch_dims', 0);
	const first = shape.slice(batches, batches + taken.at(-1)!);
	const inner = shape.slice(batches + first.length);
	const batch = shape.slice(0, batches);
	const places = elementCount(first);

	const place = computePlaces(to, indices, first);
	const at = to.apply('Add', [
		place,
		to.constant(batchStarts(batch, places, taken.length - 1)),
	]);
	const rows = to.apply('Reshape', [
		x,
		to.integers([elementCount(batch) * places, ...inner]),
	]);
	to.apply('Gather', [rows, at], {axis: 0}, to.result);
	return written(to, context);
};
