import {elementTypeCode} from '../../graph/element-types.js';
import type {Node} from '../../graph/graph.js';
import type {DataType} from '../../graph/tensor.js';
import type {ChannelsLastWriter} from './writer.js';

/** The layout in which values can be put together element by element: that of pictures, if there is one among them. */
export const commonLayout = (
	writer: ChannelsLastWriter,
	names: readonly string[],
): 'picture' | 'plain' =>
	names.some((name) => writer.isPicture(name)) ? 'picture' : 'plain';

/** One of ONNX's operators, by its name or with attributes. */
export type Operation = string | Readonly<Pick<Node, 'opType' | 'attributes'>>;

/** The operation that converts to an element type. */
export const castTo = (type: DataType): Operation => ({
	opType: 'Cast',
	attributes: {to: elementTypeCode[type]},
});

/** An operator that works element by element; smaller values are repeated from their last axes on, as everywhere. */
export const elementwise = (
	writer: ChannelsLastWriter,
	output: string,
	operation: Operation,
	names: readonly string[],
): void => {
	const {opType, attributes} =
		typeof operation === 'string'
			? {opType: operation, attributes: undefined}
			: operation;
	const layout = commonLayout(writer, names);
	const inputs = names.map((name) => writer.aligned(name, layout));
	writer.node(layout, output, opType, inputs, attributes);
};

/** Keeps every element within bounds. */
export const clip = (
	writer: ChannelsLastWriter,
	output: string,
	x: string,
	{min, max}: {readonly min?: number; readonly max?: number},
): void => {
	const layout = commonLayout(writer, [x]);
	const bound = (value: number | undefined) =>
		value === undefined ? '' : writer.number(value);
	const inputs = [writer.aligned(x, layout), bound(min), bound(max)];
	writer.node(
		layout,
		output,
		'Clip',
		max === undefined ? inputs.slice(0, 2) : inputs,
	);
};

/** Writes steps one after the other; each has a name that starts with the result's. */
export const steps = (writer: ChannelsLastWriter, output: string) => {
	const apply = (
		operation: Operation,
		names: readonly string[],
		result = writer.temporary(output),
	): string => {
		elementwise(writer, result, operation, names);
		return result;
	};

	return {
		apply,
		/** The last step, which writes the result itself. */
		finish(operation: Operation, names: readonly string[]) {
			apply(operation, names, output);
		},
		number: (value: number) => writer.number(value),
	};
};
