import {ModelError} from '../../errors.js';
import {tensorOf} from '../../graph/tensor.js';
import {commonLayout} from './elementwise.js';
import {takeElements} from './indexing.js';
import type {ChannelsLastWriter} from './writer.js';

/** How many elements before and behind each axis. */
type Pads = ReadonlyArray<readonly [number, number]>;

/** Elements around a value: of one number, or its own in a mirror that stands on the last element (`reflect`) or behind it (`symmetric`). @throws {ModelError} If the mode is none of these. */
export const pad = (
	writer: ChannelsLastWriter,
	output: string,
	x: string,
	{
		pads,
		mode = 'constant',
		value = 0,
	}: {
		readonly pads: Pads;
		readonly mode?: string;
		readonly value?: number;
	},
): void => {
	if (mode === 'symmetric') {
		padSymmetrically(writer, output, x, pads);
		return;
	}

	if (mode !== 'constant' && mode !== 'reflect') {
		throw new ModelError(
			`Padding of mode ${mode} is not known; use constant, reflect or symmetric`,
		);
	}

	const layout = commonLayout(writer, [x]);
	const order: Array<readonly [number, number]> = [];
	for (const [axis, pair] of pads.entries()) {
		order[writer.axis(axis, pads.length, layout)] = pair;
	}

	writer.node(
		layout,
		output,
		'Pad',
		[
			writer.aligned(x, layout),
			writer.integers([
				...order.map(([before]) => before),
				...order.map(([, behind]) => behind),
			]),
			writer.constantFor(tensorOf('float32', [value], [])),
		],
		{mode},
	);
};

/** ONNX has no such mirror: every padded axis repeats its own elements. */
const padSymmetrically = (
	writer: ChannelsLastWriter,
	output: string,
	x: string,
	pads: Pads,
): void => {
	const shape = writer.shapeOf(x);
	let padded = x;
	for (const [axis, [before, behind]] of pads.entries()) {
		if (before + behind > 0) {
			const size = shape[axis];
			const mirror = (at: number) =>
				at < 0 ? -at - 1 : at < size ? at : 2 * size - 1 - at;
			const next = writer.temporary(output);
			takeElements(writer, next, padded, {
				axis,
				indices: Array.from({length: before + size + behind}, (_, at) =>
					mirror(at - before),
				),
			});
			padded = next;
		}
	}

	writer.same(output, padded);
};
