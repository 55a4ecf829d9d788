import {ModelError} from '../../../errors.js';
import {tensorOf} from '../../../graph/tensor.js';
import {flip, takeElements} from '../../channels-last/indexing.js';
import {pad} from '../../channels-last/padding.js';
import {resize, type Alignment} from '../../channels-last/resizing.js';
import {reshape, transpose} from '../../channels-last/shaping.js';
import {broadcast, tile} from '../../channels-last/stacking.js';
import {readSizes, type Operation} from './operation.js';

/** @param shape The name of the setting with the shape. */
export const reshaping = (shape: string): Operation => ({
	settings: [shape],
	write(call) {
		const {writer, output, inputs} = call;
		reshape(writer, output, inputs[0], readSizes(call, shape));
	},
});

/** @param order The name of the setting with the order; by default all axes are reversed. */
export const transposing = (order: string): Operation => ({
	settings: [order],
	write({writer, output, inputs: [x], config}) {
		const backwards = [...writer.shapeOf(x).keys()].toReversed();
		transpose(writer, output, x, config.numbers(order, backwards));
	},
});

/** Swaps two axes. */
export const swapping: Operation = {
	settings: ['axis1', 'axis2'],
	write({writer, output, inputs: [x], config}) {
		const order = [...writer.shapeOf(x).keys()];
		const axis = (name: string) =>
			writer.axis(config.number(name, 0), order.length, 'plain');
		const [first, second] = [axis('axis1'), axis('axis2')];
		transpose(
			writer,
			output,
			x,
			order.with(first, order[second]).with(second, order[first]),
		);
	},
};

/** Adds an axis of one element. */
export const expanding: Operation = {
	settings: ['axis'],
	write({writer, output, inputs: [x], config}) {
		const shape = writer.shapeOf(x);
		const [given] = config.numbers('axis', [0]);
		const axis = writer.axis(given, shape.length + 1, 'plain');
		reshape(writer, output, x, shape.toSpliced(axis, 0, 1));
	},
};

/** Removes axes of one element: the named ones, or all. */
export const squeezing: Operation = {
	settings: ['axis'],
	write({writer, output, inputs: [x], config}) {
		const shape = writer.shapeOf(x);
		const axes = config
			.numbers('axis', [])
			.map((axis) => writer.axis(axis, shape.length, 'plain'));
		const isGone = (size: number, axis: number) =>
			axes.length === 0 ? size === 1 : axes.includes(axis);
		reshape(
			writer,
			output,
			x,
			shape.filter((size, axis) => !isGone(size, axis)),
		);
	},
};

/** @param widths The name of the setting with the widths: before and after each axis, or one number for all sides. */
export const padding = (widths: string): Operation => ({
	settings: [widths, 'mode', 'constant_values'],
	write({writer, output, inputs: [x], config}) {
		const shape = writer.shapeOf(x);
		const numbers = config.numbers(widths, [0], 2 * shape.length);
		pad(writer, output, x, {
			pads: shape.map(
				(_, axis) => [numbers[2 * axis], numbers[2 * axis + 1]] as const,
			),
			mode: config.text('mode', 'constant').toLowerCase(),
			value: config.number('constant_values', 0),
		});
	},
});

/** @param counts The name of the setting with the counts. */
export const tiling = (counts: string): Operation => ({
	settings: [counts],
	write(call) {
		const {writer, output, inputs} = call;
		tile(writer, output, inputs[0], readSizes(call, counts));
	},
});

/** Repeats each element. */
export const repeating: Operation = {
	settings: ['repeats', 'axis'],
	write({writer, output, inputs: [x], config}) {
		const axis = config.number('axis', 0);
		const shape = writer.shapeOf(x);
		const size = shape[writer.axis(axis, shape.length, 'plain')];
		const counts = config.numbers('repeats', [1], size);
		takeElements(writer, output, x, {
			axis,
			indices: counts.flatMap((count, at) =>
				Array.from({length: count}, () => at),
			),
		});
	},
};

/** Broadcasts to a larger shape. */
export const broadcasting: Operation = {
	settings: ['shape'],
	write(call) {
		const {writer, output, inputs} = call;
		broadcast(writer, output, inputs[0], readSizes(call, 'shape'));
	},
};

/** Reverses an axis. */
export const flipping: Operation = {
	settings: ['axis'],
	write({writer, output, inputs: [x], config}) {
		const axes = config.numbers('axis', [...writer.shapeOf(x).keys()]);
		flip(writer, output, x, axes);
	},
};

/** The sizes of a value, as a constant. */
export const measuring: Operation = {
	settings: ['out_type'],
	write({writer, output, inputs: [x]}) {
		writer.addConstant(output, tensorOf('int32', writer.shapeOf(x)));
	},
};

/** Turns blocks of pixels into channels, or the reverse. */
export const blocks = (opType: 'DepthToSpace' | 'SpaceToDepth'): Operation => ({
	settings: ['block_size', 'data_format'],
	write({writer, output, inputs: [x], config}) {
		writer.pictureNode(output, opType, [writer.picture(x)], {
			blocksize: config.number('block_size', 2),
		});
	},
});

/** @param way The name of the setting with the interpolation, or the interpolation itself. */
export const resizing = (
	way: {readonly setting: string} | 'bilinear' | 'nearest',
	settings: readonly string[] = [],
): Operation => ({
	settings: ['size', ...settings],
	write(call) {
		const {writer, output, inputs, config} = call;
		const name =
			typeof way === 'string' ? way : config.text(way.setting, 'bilinear');
		if (name !== 'bilinear' && name !== 'nearest') {
			throw new ModelError(
				`Layer ${config.layer} interpolates by "${name}", which is not known; use nearest or bilinear`,
			);
		}

		// What TensorFlow's older functions say is about what its newer ones always do.
		const isOlder = typeof way === 'string';
		const alignment: Alignment = config.flag('align_corners', false)
			? 'align_corners'
			: config.flag('half_pixel_centers', !isOlder)
				? 'half_pixel'
				: 'asymmetric';
		resize(writer, output, inputs[0], {
			size: readSizes(call, 'size'),
			isNearest: name === 'nearest',
			alignment,
		});
	},
});
