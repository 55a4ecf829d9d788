import {numberAttribute, stringAttribute} from '../node/attributes.js';
import {loweredList} from '../rules/layout.js';
import {moving} from '../families/movement/moving.js';
import {rearranged} from '../families/movement/strided.js';
import type {NodeView} from '../node/view.js';
import {shapeOf} from '../node/shapes.js';

const blockSize = (view: NodeView): number =>
	numberAttribute(view.node, 'blocksize', 1);

/** Whether the result's channel varies slowest (as in PixelShuffle), rather than the place in the block. */
const isChannelFirst = (view: NodeView): boolean =>
	stringAttribute(view.node, 'mode', 'DCR') === 'CRD';

/** Spreads channels over blocks of pixels. @see https://onnx.ai/onnx/operators/onnx__DepthToSpace.html */
export const DepthToSpace = moving(
	(view) => {
		const block = blockSize(view);
		const [batch, channels, height, width] = shapeOf(view, 0);
		const depth = channels / block ** 2;
		const shape = [batch, depth, height * block, width * block];
		return [
			isChannelFirst(view)
				? rearranged(
						[batch, depth, block, block, height, width],
						[0, 1, 4, 2, 5, 3],
						shape,
					)
				: rearranged(
						[batch, block, block, depth, height, width],
						[0, 3, 4, 1, 5, 2],
						shape,
					),
		];
	},
	{
		apply(engine, view, [x]) {
			const block = blockSize(view);
			const [batch, height, width, channels] = x!.shape as number[];
			const depth = channels / block ** 2;
			const spread = isChannelFirst(view)
				? engine.transpose(
						engine.reshape(x!, [batch, height, width, depth, block, block]),
						[0, 1, 4, 2, 5, 3],
					)
				: engine.transpose(
						engine.reshape(x!, [batch, height, width, block, block, depth]),
						[0, 1, 3, 2, 4, 5],
					);
			return engine.reshape(spread, loweredList(view.outputs[0].shape));
		},
	},
);
