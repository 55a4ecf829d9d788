import {einsum} from '../normalise/upgrades/einsum.js';
import type {ChannelsLastWriter} from './writer.js';
import {convolve} from './convolution.js';
import {reshape} from './shaping.js';
import {elementwise} from './elementwise.js';

const turnLast = (writer: ChannelsLastWriter, name: string): string => {
	const {length: rank} = writer.shapeOf(name);
	const perm = Array.from({length: rank}, (_, axis) => axis);
	[perm[rank - 2], perm[rank - 1]] = [rank - 1, rank - 2];
	const turned = writer.temporary(name);
	writer.plainNode(turned, 'Transpose', [writer.plain(name)], {perm});
	return turned;
};

/** A product of matrices, with all axes before the last two side by side. */
export const multiply = (
	writer: ChannelsLastWriter,
	output: string,
	{
		a,
		b,
		turnsA = false,
		turnsB = false,
		bias,
	}: {
		readonly a: string;
		readonly b: string;
		readonly turnsA?: boolean;
		readonly turnsB?: boolean;
		/** `[N]` */
		readonly bias?: string;
	},
): void => {
	const isFlat = [a, b].every((name) => writer.shapeOf(name).length === 2);
	if (isFlat) {
		writer.plainNode(
			output,
			'Gemm',
			[a, b, ...(bias === undefined ? [] : [bias])].map((name) =>
				writer.plain(name),
			),
			{transA: turnsA ? 1 : 0, transB: turnsB ? 1 : 0},
		);
		return;
	}

	const product = bias === undefined ? output : writer.temporary(output);
	writer.plainNode(product, 'MatMul', [
		turnsA ? turnLast(writer, a) : writer.plain(a),
		turnsB ? turnLast(writer, b) : writer.plain(b),
	]);
	if (bias !== undefined) {
		elementwise(writer, output, 'Add', [product, bias]);
	}
};

/** Weights `[Cin, Cout]` over the last axis; over a picture's that is a convolution of one pixel. */
export const dense = (
	writer: ChannelsLastWriter,
	output: string,
	{
		x,
		kernel,
		bias,
	}: {readonly x: string; readonly kernel: string; readonly bias?: string},
): void => {
	if (!writer.isPicture(x)) {
		multiply(writer, output, {a: x, b: kernel, bias});
		return;
	}

	const window = writer.temporary(kernel);
	reshape(writer, window, kernel, [1, 1, ...writer.shapeOf(kernel)]);
	convolve(writer, output, {
		x,
		kernel: window,
		bias,
		strides: [1, 1],
		padding: 'VALID',
	});
};

/** What only puts the last axis into other words. */
const denseEquation =
	/^(?<rest>[^,]*)(?<from>\w),\k<from>(?<to>\w)->\k<rest>\k<to>$/v;

/** A sum of products over named axes: `bhwc,co->bhwo`. */
export const sumProducts = (
	writer: ChannelsLastWriter,
	output: string,
	names: readonly string[],
	equation: string,
): void => {
	const [x, kernel] = names;
	if (denseEquation.test(equation) && writer.constant(kernel)) {
		dense(writer, output, {x, kernel});
		return;
	}

	writer.inOtherWords('plain', output, einsum, {
		opType: 'Einsum',
		inputs: names.map((name) => writer.plain(name)),
		attributes: {equation},
	});
};
