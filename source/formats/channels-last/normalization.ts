import {tensorOf} from '../../graph/tensor.js';
import {elementwise, steps} from './elementwise.js';
import {reduce} from './pooling.js';
import type {ChannelsLastWriter} from './writer.js';

type Moments = {
	/** Each `[C]`; left out, a scale is 1 and a shift is 0. */
	readonly scale?: string;
	readonly shift?: string;
	readonly mean: string;
	readonly variance: string;
	readonly epsilon: number;
};

const filled = (writer: ChannelsLastWriter, count: number, value: number) =>
	writer.constantFor(
		tensorOf(
			'float32',
			Array.from({length: count}, () => value),
		),
	);

/** Normalises the last axis with moments that training left; behind a convolution it is folded into it. */
export const batchNormalize = (
	writer: ChannelsLastWriter,
	output: string,
	x: string,
	{scale, shift, mean, variance, epsilon}: Moments,
): void => {
	const count = writer.shapeOf(mean)[0];
	const gamma = scale ?? filled(writer, count, 1);
	const beta = shift ?? filled(writer, count, 0);
	if (writer.isPicture(x)) {
		writer.pictureNode(
			output,
			'BatchNormalization',
			[
				writer.picture(x),
				...[gamma, beta, mean, variance].map((name) => writer.plain(name)),
			],
			{epsilon},
		);
		return;
	}

	const [g, b, m, v] = [gamma, beta, mean, variance].map((name) =>
		writer.numbers(name, 'A moment of normalisation'),
	);
	const factors = g.map((each, at) => each / Math.sqrt(v[at] + epsilon));
	const shifts = b.map((each, at) => each - m[at] * factors[at]);
	const {apply, finish} = steps(writer, output);
	const constant = (numbers: readonly number[]) =>
		writer.constantFor(tensorOf('float32', numbers));
	finish('Add', [apply('Mul', [x, constant(factors)]), constant(shifts)]);
};

type Parameters = {
	/** Left out, a scale is 1 and a shift is 0. */
	readonly scale?: string;
	readonly shift?: string;
	readonly epsilon: number;
};

/** Of a normalisation of some axes. */
type AxesParameters = Parameters & {readonly axes: readonly number[]};

/** What a normalised value still lacks. */
const scaleAndShift = (
	writer: ChannelsLastWriter,
	output: string,
	{scale, shift}: Pick<Parameters, 'scale' | 'shift'>,
	normalize: (result: string) => void,
) => {
	const rest = [
		['Mul', scale],
		['Add', shift],
	].filter((step): step is [string, string] => step[1] !== undefined);
	let last = rest.length === 0 ? output : writer.temporary(output);
	normalize(last);
	for (const [index, [opType, parameter]] of rest.entries()) {
		const name = index === rest.length - 1 ? output : writer.temporary(output);
		elementwise(writer, name, opType, [last, parameter]);
		last = name;
	}
};

/** The square root of a mean of squares, which is never quite 0. */
const rootMeanSquare = (
	writer: ChannelsLastWriter,
	x: string,
	axes: readonly number[],
	epsilon: number,
) => {
	const {apply, number} = steps(writer, x);
	const mean = writer.temporary(x);
	const squares = apply('Mul', [x, x]);
	reduce(writer, mean, 'ReduceMean', {x: squares, axes, keepsAxes: true});
	return apply('Sqrt', [apply('Add', [mean, number(epsilon)])]);
};

/** Divides some axes by the root of their mean square. */
export const rootMeanSquareNormalize = (
	writer: ChannelsLastWriter,
	output: string,
	x: string,
	{axes, epsilon, ...parameters}: AxesParameters,
): void => {
	const root = rootMeanSquare(writer, x, axes, epsilon);
	scaleAndShift(writer, output, parameters, (result) => {
		elementwise(writer, result, 'Div', [x, root]);
	});
};

/** Normalises some axes by their own moments. */
export const layerNormalize = (
	writer: ChannelsLastWriter,
	output: string,
	x: string,
	parameters: AxesParameters,
): void => {
	const {axes} = parameters;
	const mean = writer.temporary(output);
	reduce(writer, mean, 'ReduceMean', {x, axes, keepsAxes: true});
	const centered = steps(writer, output).apply('Sub', [x, mean]);
	rootMeanSquareNormalize(writer, output, centered, parameters);
};

/** Normalises groups of a picture's channels by their own moments. */
export const groupNormalize = (
	writer: ChannelsLastWriter,
	output: string,
	x: string,
	{scale, shift, epsilon, groups}: Parameters & {readonly groups: number},
): void => {
	const picture = writer.picture(x);
	const channels = writer.shapeOf(x)[3];
	writer.pictureNode(
		output,
		'GroupNormalization',
		[
			picture,
			scale === undefined ? filled(writer, channels, 1) : writer.plain(scale),
			shift === undefined ? filled(writer, channels, 0) : writer.plain(shift),
		],
		{num_groups: groups, epsilon},
	);
};

/** Divides by the Euclidean length along some axes, which counts for at least `shortest`. */
export const toUnitLength = (
	writer: ChannelsLastWriter,
	output: string,
	x: string,
	{
		axes,
		shortest,
	}: {readonly axes: readonly number[]; readonly shortest: number},
): void => {
	const {apply, finish, number} = steps(writer, output);
	const sum = writer.temporary(output);
	const squares = apply('Mul', [x, x]);
	reduce(writer, sum, 'ReduceSum', {x: squares, axes, keepsAxes: true});
	finish('Div', [x, apply('Max', [apply('Sqrt', [sum]), number(shortest)])]);
};
