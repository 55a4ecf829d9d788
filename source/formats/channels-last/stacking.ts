import {commonLayout} from './elementwise.js';
import {concatenate, reshape, split} from './shaping.js';
import type {ChannelsLastWriter} from './writer.js';

/** Values side by side along an axis of their own. */
export const stack = (
	writer: ChannelsLastWriter,
	output: string,
	names: readonly string[],
	given: number,
): void => {
	const {length: rank} = writer.shapeOf(names[0]);
	const axis = writer.axis(given, rank + 1, 'plain');
	const raised = names.map((name) => {
		const each = writer.temporary(output);
		reshape(writer, each, name, writer.shapeOf(name).toSpliced(axis, 0, 1));
		return each;
	});
	concatenate(writer, output, raised, axis);
};

/** The values that lie side by side along an axis, which goes. */
export const unstack = (
	writer: ChannelsLastWriter,
	outputs: readonly string[],
	x: string,
	given: number,
): void => {
	const shape = writer.shapeOf(x);
	const axis = writer.axis(given, shape.length, 'plain');
	const raised = Array.from({length: shape[axis]}, () => writer.temporary(x));
	split(writer, raised, x, {axis, sizes: raised.map(() => 1)});
	for (const [index, output] of outputs.entries()) {
		reshape(writer, output, raised[index], shape.toSpliced(axis, 1));
	}
};

/** A value again and again. @param counts How often, by axis. */
export const tile = (
	writer: ChannelsLastWriter,
	output: string,
	x: string,
	counts: readonly number[],
): void => {
	const layout = commonLayout(writer, [x]);
	const order: number[] = [];
	for (const [axis, count] of counts.entries()) {
		order[writer.axis(axis, counts.length, layout)] = count;
	}

	writer.node(layout, output, 'Tile', [
		writer.aligned(x, layout),
		writer.integers(order),
	]);
};

/** A larger shape, for which axes of one element are repeated; −1 is as many as there are. */
export const broadcast = (
	writer: ChannelsLastWriter,
	output: string,
	x: string,
	wanted: readonly number[],
): void => {
	const shape = writer.shapeOf(x);
	const whole = [...wanted.slice(shape.length).map(() => 1), ...shape];
	const raised = writer.temporary(output);
	reshape(writer, raised, x, whole);
	tile(
		writer,
		output,
		raised,
		wanted.map((size, axis) => (size < 0 ? 1 : size / whole[axis])),
	);
};
