import {ModelError} from '../../errors.js';
import {elementCount, type Shape} from '../../graph/tensor.js';
import {channelsFirst, channelsLast} from './axes.js';
import {commonLayout} from './elementwise.js';
import type {ChannelsLastWriter} from './writer.js';

/** Fills in what −1 stands for. @throws {ModelError} If the elements do not fit. */
export const resolveTarget = (
	shape: Shape,
	target: readonly number[],
): Shape => {
	const known = elementCount(target.filter((size) => size !== -1));
	const count = elementCount(shape);
	const resolved = target.map((size) => (size === -1 ? count / known : size));
	if (
		elementCount(resolved) !== count ||
		!resolved.every((size) => Number.isInteger(size))
	) {
		throw new ModelError(
			`[${shape.join(', ')}] cannot be reshaped to [${target.join(', ')}]; choose the input size that the model was made for`,
		);
	}

	return resolved;
};

/** The same elements, in the file's order, under another shape. */
export const reshape = (
	writer: ChannelsLastWriter,
	output: string,
	x: string,
	target: readonly number[],
): void => {
	const shape = writer.shapeOf(x);
	const wanted = resolveTarget(shape, target);
	if (wanted.join(' ') === shape.join(' ')) {
		writer.same(output, x);
		return;
	}

	const [batch, height, width, channels] = wanted;
	const isFlat =
		wanted.length === 4 && (height * width === 1 || channels === 1);
	const keepsChannels =
		wanted.length === 4 &&
		writer.isPicture(x) &&
		shape[0] === batch &&
		shape[3] === channels;
	if (isFlat || keepsChannels) {
		writer.pictureNode(output, 'Reshape', [
			keepsChannels ? writer.picture(x) : writer.elements(x),
			writer.integers([batch, channels, height, width]),
		]);
		return;
	}

	writer.plainNode(output, 'Reshape', [
		writer.elements(x),
		writer.integers(wanted),
	]);
};

/** Another order of axes. Where a network turns a picture itself, that is what it is already. */
export const transpose = (
	writer: ChannelsLastWriter,
	output: string,
	x: string,
	perm: readonly number[],
): void => {
	if (writer.isPicture(x)) {
		const order = perm.map((axis) => writer.axis(axis, 4, 'picture'));
		if (order.join(' ') === '0 1 2 3') {
			writer.alias(output, {plain: writer.picture(x)});
		} else {
			// Of `[N, C, H, W]` into the file's order; if that is a picture again, of it back.
			const picture = channelsFirst.map((axis) => order[axis]);
			writer.pictureNode(output, 'Transpose', [writer.picture(x)], {
				perm: picture,
			});
		}
	} else if (perm.join(' ') === channelsLast.join(' ')) {
		writer.alias(output, {picture: writer.plain(x)});
	} else {
		writer.plainNode(output, 'Transpose', [writer.plain(x)], {perm});
	}
};

/** Values one after the other along an axis. */
export const concatenate = (
	writer: ChannelsLastWriter,
	output: string,
	names: readonly string[],
	axis: number,
): void => {
	if (names.length === 1) {
		writer.same(output, names[0]);
		return;
	}

	const layout = commonLayout(writer, names);
	const {length: rank} = writer.shapeOf(names[0]);
	writer.node(
		layout,
		output,
		'Concat',
		names.map((name) => writer.aligned(name, layout)),
		{axis: writer.axis(axis, rank, layout)},
	);
};

/** Parts of these sizes along an axis. */
export const split = (
	writer: ChannelsLastWriter,
	outputs: readonly string[],
	x: string,
	{axis, sizes}: {readonly axis: number; readonly sizes: readonly number[]},
): void => {
	const layout = commonLayout(writer, [x]);
	const {length: rank} = writer.shapeOf(x);
	writer.nodes(
		layout,
		sizes.map((_, index) => outputs[index] ?? writer.temporary(x)),
		{
			opType: 'Split',
			inputs: [writer.aligned(x, layout), writer.integers(sizes)],
			attributes: {axis: writer.axis(axis, rank, layout)},
		},
	);
};

/** A part of each axis: from `start` to before `end`, every `step`th element, backwards if that is negative. */
export type Span = {
	readonly start: number;
	readonly end: number;
	readonly step: number;
};

/** A part of a value. @param spans By axis. */
export const slice = (
	writer: ChannelsLastWriter,
	output: string,
	x: string,
	spans: readonly Span[],
): void => {
	const shape = writer.shapeOf(x);
	const layout = commonLayout(writer, [x]);
	const cut = [...spans.entries()].filter(
		([axis, {start, end, step}]) =>
			start !== 0 || end !== shape[axis] || step !== 1,
	);
	if (cut.length === 0) {
		writer.same(output, x);
		return;
	}

	const list = (numbers: readonly number[]) => writer.integers(numbers);
	writer.node(layout, output, 'Slice', [
		writer.aligned(x, layout),
		list(cut.map(([, {start}]) => start)),
		list(cut.map(([, {end}]) => end)),
		list(cut.map(([axis]) => writer.axis(axis, shape.length, layout))),
		list(cut.map(([, {step}]) => step)),
	]);
};
