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

/** Normalises the last axis with moments that training left; behind a convolution it is folded into it. */
export const batchNormalize = (
	writer: ChannelsLastWriter,
	output: string,
	x: string,
	{scale, shift, mean, variance, epsilon}: Moments,
): void => {
	const count = writer.shapeOf(mean)[0];
	const filled = (value: number) =>
		writer.constantFor(
			tensorOf(
				'float32',
				Array.from({length: count}, () => value),
			),
		);
	const [gamma, beta] = [scale ?? filled(1), shift ?? filled(0)];
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

/** Normalises the last axis by its own moments. */
export const layerNormalize = (
	writer: ChannelsLastWriter,
	output: string,
	x: string,
	{
		scale,
		shift,
		epsilon,
	}: {
		readonly scale?: string;
		readonly shift?: string;
		readonly epsilon: number;
	},
): void => {
	const {apply, number} = steps(writer, output);
	const average = (name: string) => {
		const mean = writer.temporary(output);
		reduce(writer, mean, 'ReduceMean', {x: name, axes: [-1], keepsAxes: true});
		return mean;
	};

	const centered = apply('Sub', [x, average(x)]);
	const variance = average(apply('Mul', [centered, centered]));
	const deviation = apply('Sqrt', [apply('Add', [variance, number(epsilon)])]);
	const rest = [
		['Mul', scale],
		['Add', shift],
	].filter((step): step is [string, string] => step[1] !== undefined);
	let result = apply(
		'Div',
		[centered, deviation],
		rest.length === 0 ? output : undefined,
	);
	for (const [index, [opType, parameter]] of rest.entries()) {
		const name = index === rest.length - 1 ? output : writer.temporary(output);
		elementwise(writer, name, opType, [result, parameter]);
		result = name;
	}
};
