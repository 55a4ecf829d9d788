import {numberAttribute} from '../node/attributes.js';
import {loweredList} from '../rules/layout.js';
import {moving} from '../families/movement/moving.js';
import {rearranged} from '../families/movement/strided.js';
import type {NodeView} from '../node/view.js';
import {shapeOf} from '../node/shapes.js';

const blockSize = (view: NodeView): number =>
	numberAttribute(view.node, 'blocksize', 1);

/** Stacks blocks of pixels as channels. @see https://onnx.ai/onnx/operators/onnx__SpaceToDepth.html */
export const SpaceToDepth = moving(
	(view) => {
		const block = blockSize(view);
		const [batch, channels, height, width] = shapeOf(view, 0);
		const [rows, columns] = [height / block, width / block];
		return [
			rearranged(
				[batch, channels, rows, block, columns, block],
				[0, 3, 5, 1, 2, 4],
				[batch, channels * block ** 2, rows, columns],
			),
		];
	},
	{
		apply(engine, view, [x]) {
			const block = blockSize(view);
			const [batch, height, width, channels] = x!.shape as number[];
			const blocks = engine.reshape(x!, [
				batch,
				height / block,
				block,
				width / block,
				block,
				channels,
			]);
			return engine.reshape(
				engine.transpose(blocks, [0, 1, 3, 2, 4, 5]),
				loweredList(view.outputs[0].shape),
			);
		},
	},
);
