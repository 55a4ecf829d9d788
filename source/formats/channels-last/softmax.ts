import {commonLayout} from './elementwise.js';
import type {ChannelsLastWriter} from './writer.js';

/** Softmax or LogSoftmax along one axis. */
export const softmax = (
	writer: ChannelsLastWriter,
	output: string,
	opType: 'Softmax' | 'LogSoftmax',
	{x, axis}: {readonly x: string; readonly axis: number},
): void => {
	const layout = commonLayout(writer, [x]);
	const {length: rank} = writer.shapeOf(x);
	writer.node(layout, output, opType, [writer.aligned(x, layout)], {
		axis: writer.axis(axis, rank, layout),
	});
};
