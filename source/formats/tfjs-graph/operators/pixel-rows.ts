import type {Node} from '../../../graph/graph.js';
import {numberAttribute} from '../../../ops/node/attributes.js';
import {reshape, resolveTarget} from '../../channels-last/shaping.js';
import type {GraphOperator, GraphWriter} from './operator.js';

/** Whether a matrix is multiplied as it is. */
const isUnturned = (node: Node) =>
	['transpose_a', 'transpose_b'].every(
		(flag) => numberAttribute(node, flag, 0) === 0,
	);

/**
Writes a dense layer of a picture's channels as the convolution of single pixels that it is, so that one pixel depends on few others.

TensorFlow flattens a picture `[N, H, W, C]` into rows of its pixels `[N · H · W, C]`, multiplies these by a matrix, and puts the rows back into a picture.

@param convolve Writes a convolution, with what is fused with it.
@returns Whether nothing is left to write.
*/
export const writeOverPixels = (
	writer: GraphWriter,
	node: Node,
	convolve: GraphOperator,
): boolean => {
	const {opType, inputs, outputs} = node;
	const [x, second, ...rest] = inputs;
	const [output] = outputs;
	const picture = writer.pixelRows.get(x);
	if (opType === 'Reshape') {
		const target = writer.numbers(second, `Node ${node.name}: the shape`);
		const wanted = resolveTarget(writer.shapeOf(x), target);
		if (picture === undefined) {
			const isFlattened =
				writer.isPicture(x) &&
				wanted.length === 2 &&
				wanted[1] === writer.shapeOf(x)[3];
			if (isFlattened) {
				writer.pixelRows.set(output, x);
			}

			return false;
		}

		const shape = writer.shapeOf(picture);
		if (wanted.join(' ') !== shape.join(' ')) {
			return false;
		}

		writer.same(output, picture);
		return true;
	}

	const isProduct = opType === 'MatMul' || opType === '_FusedMatMul';
	if (isProduct && picture !== undefined && isUnturned(node)) {
		const matrix = writer.constant(second);
		if (matrix) {
			const kernel = writer.temporary(second);
			const product = `${output}:pixels`;
			reshape(writer, kernel, second, [1, 1, ...matrix.shape]);
			convolve(writer, {
				...node,
				inputs: [picture, kernel, ...rest],
				outputs: [product],
				attributes: {...node.attributes, padding: 'VALID'},
			});
			writer.pixelRows.set(output, product);
		}
	}

	return false;
};
