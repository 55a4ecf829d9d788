import {commonLayout} from './elementwise.js';
import {reshape} from './shaping.js';
import {padsOf, type Movement} from './window.js';
import type {ChannelsLastWriter} from './writer.js';

/** The mean or the maximum under a window; elements of the padding do not count. */
export const pool = (
	writer: ChannelsLastWriter,
	output: string,
	opType: 'AveragePool' | 'MaxPool',
	{
		x,
		kernel,
		...movement
	}: Movement & {readonly x: string; readonly kernel: readonly number[]},
): void => {
	const [, height, width] = writer.shapeOf(x);
	const pads = padsOf([height, width], kernel, movement);
	if (
		kernel[0] === height &&
		kernel[1] === width &&
		pads.every((pad) => pad === 0)
	) {
		// One window over all of it passes derivatives at once, as every pool of this kind.
		writer.pictureNode(output, `Global${opType}`, [writer.picture(x)]);
		return;
	}

	writer.pictureNode(output, opType, [writer.picture(x)], {
		kernel_shape: kernel,
		strides: movement.strides,
		pads,
	});
};

/** ONNX's name of the pool that a reduction over all positions is. */
const globalPools: Readonly<Record<string, string>> = {
	ReduceMax: 'GlobalMaxPool',
	ReduceMean: 'GlobalAveragePool',
};

/** A sum, mean or extreme over some axes; all of them where none is named. */
export const reduce = (
	writer: ChannelsLastWriter,
	output: string,
	opType: string,
	{
		x,
		axes,
		keepsAxes,
	}: {
		readonly x: string;
		readonly axes: readonly number[];
		readonly keepsAxes: boolean;
	},
): void => {
	const shape = writer.shapeOf(x);
	const counted = (axes.length === 0 ? [...shape.keys()] : axes)
		.map((axis) => writer.axis(axis, shape.length, 'plain'))
		.toSorted((a, b) => a - b);
	const isSpatial = counted.join(' ') === '1 2';
	// What is left of a picture is in the file's order if its channels are alone, or gone.
	const staysInOrder =
		keepsAxes || isSpatial || counted.includes(3) || counted.length > 2;
	const layout = staysInOrder ? commonLayout(writer, [x]) : 'plain';
	const input = layout === 'picture' ? writer.picture(x) : writer.plain(x);
	const globalPool = globalPools[opType];
	if (layout === 'picture' && isSpatial && globalPool) {
		const pooled = keepsAxes ? output : writer.temporary(output);
		writer.pictureNode(pooled, globalPool, [input]);
		if (!keepsAxes) {
			reshape(writer, output, pooled, [shape[0], shape[3]]);
		}

		return;
	}

	const moved = counted.map((axis) => writer.axis(axis, shape.length, layout));
	const takesInput = opType === 'ReduceSum';
	writer.node(
		keepsAxes ? layout : 'plain',
		output,
		opType,
		takesInput ? [input, writer.integers(moved)] : [input],
		{keepdims: keepsAxes ? 1 : 0, ...(!takesInput && {axes: moved})},
	);
};
