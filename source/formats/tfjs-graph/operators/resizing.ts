import {numberAttribute} from '../../../ops/node/attributes.js';
import {resize, type Alignment} from '../../channels-last/resizing.js';
import type {GraphOperator, GraphOperators} from './operator.js';

const resizing =
	(isNearest: boolean): GraphOperator =>
	(writer, node) => {
		const [x, size] = node.inputs;
		const flag = (name: string) => numberAttribute(node, name, 0) === 1;
		const alignment: Alignment = flag('align_corners')
			? 'align_corners'
			: flag('half_pixel_centers')
				? 'half_pixel'
				: 'asymmetric';
		resize(writer, node.outputs[0], x, {
			size: writer.numbers(size, `Node ${node.name}: the size`),
			isNearest,
			alignment,
		});
	};

const blocks =
	(opType: 'DepthToSpace' | 'SpaceToDepth'): GraphOperator =>
	(writer, node) => {
		writer.pictureNode(
			node.outputs[0],
			opType,
			[writer.picture(node.inputs[0])],
			{blocksize: numberAttribute(node, 'block_size', 2)},
		);
	};

/** Operators that make pictures of another height and width. */
export const resizingOperators: GraphOperators = {
	DepthToSpace: blocks('DepthToSpace'),
	ResizeBilinear: resizing(false),
	ResizeNearestNeighbor: resizing(true),
	SpaceToDepth: blocks('SpaceToDepth'),
};
