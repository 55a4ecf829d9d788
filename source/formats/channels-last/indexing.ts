import {ModelError} from '../../errors.js';
import {commonLayout} from './elementwise.js';
import {reshape, slice, type Span} from './shaping.js';
import type {ChannelsLastWriter} from './writer.js';

/** One part of an index as numpy has it, `x[1:7:2, ..., None, 0]`: bounds count from the end where they are negative, and are those of the axis where they are left out. */
export type IndexPart =
	| {
			readonly kind: 'slice';
			readonly start?: number;
			readonly stop?: number;
			readonly step?: number;
	  }
	/** One element, whose axis goes. */
	| {readonly kind: 'element'; readonly at: number}
	| {readonly kind: 'new axis'}
	/** All axes that no other part names. */
	| {readonly kind: 'ellipsis'};

const spanOf = (
	{start, stop, step = 1}: Extract<IndexPart, {kind: 'slice'}>,
	size: number,
): Span => {
	const [low, high] = step > 0 ? [0, size] : [-1, size - 1];
	const place = (at: number) =>
		Math.min(Math.max(at < 0 ? at + size : at, low), high);
	return {
		start: start === undefined ? (step > 0 ? low : high) : place(start),
		end: stop === undefined ? (step > 0 ? high : low) : place(stop),
		step,
	};
};

/**
The part of a value that an index tells.

@throws {ModelError} If it names more axes than there are.
*/
export const takeIndexed = (
	writer: ChannelsLastWriter,
	output: string,
	x: string,
	index: readonly IndexPart[],
): void => {
	const shape = writer.shapeOf(x);
	const named = index.filter(
		({kind}) => kind === 'slice' || kind === 'element',
	).length;
	if (named > shape.length) {
		throw new ModelError(
			`An index of ${named} axes does not fit [${shape.join(', ')}]; export the model again`,
		);
	}

	const spans: Span[] = [];
	const kept: number[] = [];
	const takeSlice = (part: Extract<IndexPart, {kind: 'slice'}>) => {
		const span = spanOf(part, shape[spans.length]);
		kept.push(Math.max(0, Math.ceil((span.end - span.start) / span.step)));
		// To ONNX, −1 is the last element; what lies before the first one is beyond it.
		const end = span.end < 0 ? -shape[spans.length] - 1 : span.end;
		spans.push({...span, end});
	};

	const takeRest = (count: number) => {
		for (let rest = count; rest > 0; rest--) {
			takeSlice({kind: 'slice'});
		}
	};

	for (const part of index) {
		switch (part.kind) {
			case 'slice': {
				takeSlice(part);
				break;
			}

			case 'element': {
				const start = part.at < 0 ? part.at + shape[spans.length] : part.at;
				spans.push({start, end: start + 1, step: 1});
				break;
			}

			case 'new axis': {
				kept.push(1);
				break;
			}

			case 'ellipsis': {
				takeRest(shape.length - named);
			}
		}
	}

	takeRest(shape.length - spans.length);
	const taken = writer.temporary(output);
	slice(writer, taken, x, spans);
	reshape(writer, output, taken, kept);
};

/** Elements along an axis, in any order and as often as they are listed. */
export const takeElements = (
	writer: ChannelsLastWriter,
	output: string,
	x: string,
	{axis, indices}: {readonly axis: number; readonly indices: readonly number[]},
): void => {
	const layout = commonLayout(writer, [x]);
	writer.node(
		layout,
		output,
		'Gather',
		[writer.aligned(x, layout), writer.integers(indices)],
		{axis: writer.axis(axis, writer.shapeOf(x).length, layout)},
	);
};

/** Some axes backwards. */
export const flip = (
	writer: ChannelsLastWriter,
	output: string,
	x: string,
	axes: readonly number[],
): void => {
	const shape = writer.shapeOf(x);
	const flipped = new Set(
		axes.map((axis) => writer.axis(axis, shape.length, 'plain')),
	);
	takeIndexed(
		writer,
		output,
		x,
		shape.map((_, axis) => ({
			kind: 'slice',
			step: flipped.has(axis) ? -1 : 1,
		})),
	);
};
