import fc from 'fast-check';
import {tensorOf} from '../../../source/graph/tensor.js';
import {
	type CaseInput,
	type Domain,
	integers,
	type OperatorCase,
	pictures,
	seeds,
} from './operator-case.js';

type Cases = fc.Arbitrary<OperatorCase>;

const pair = (min: number, max: number) =>
	fc.tuple(fc.integer({min, max}), fc.integer({min, max}));

/** Windows that fit into 9×9 with any of these dilations. */
const windows = fc.record({
	kernel_shape: pair(1, 3),
	strides: pair(1, 3),
	dilations: pair(1, 4),
	pads: fc.tuple(fc.nat(1), fc.nat(1), fc.nat(1), fc.nat(1)),
});

const space = pair(9, 11);

const convolution: Cases = fc
	.record({
		window: windows,
		space,
		groups: fc.constantFrom<number[]>(
			[1, 3, 2],
			[1, 1, 3],
			[2, 4, 6],
			[3, 3, 3],
			[2, 2, 4],
		),
		hasBias: fc.boolean(),
		auto_pad: fc.constantFrom('NOTSET', 'NOTSET', 'SAME_UPPER', 'SAME_LOWER'),
		seed: seeds,
	})
	.map(({window, space: [height, width], groups, hasBias, auto_pad, seed}) => {
		const [group, inputs, outputs] = groups;
		const {pads, ...rest} = window;
		return {
			opType: 'Conv',
			seed,
			attributes:
				auto_pad === 'NOTSET'
					? {...rest, pads, group}
					: // SAME means sizes that only undilated windows agree on.
						{...rest, dilations: [1, 1], group, auto_pad},
			inputs: [
				{shape: [1, inputs, height, width]},
				{
					shape: [outputs, inputs / group, ...window.kernel_shape],
					isFixed: true,
				},
				...(hasBias ? [{shape: [outputs], isFixed: true} as const] : []),
			],
		};
	});

const transposed: Cases = fc
	.record({
		kernel_shape: pair(2, 4),
		strides: pair(1, 3),
		output: fc.nat(1),
		pads: fc.tuple(fc.nat(1), fc.nat(1), fc.nat(1), fc.nat(1)),
		groups: fc.constantFrom<number[]>([1, 3, 2], [2, 4, 3], [3, 3, 1]),
		hasBias: fc.boolean(),
		seed: seeds,
	})
	.map(({kernel_shape, strides, output, pads, groups, hasBias, seed}) => {
		const [group, inputs, outputsEach] = groups;
		return {
			opType: 'ConvTranspose',
			seed,
			attributes: {
				kernel_shape,
				strides,
				pads,
				group,
				output_padding: strides.map((stride) => Math.min(output, stride - 1)),
			},
			inputs: [
				{shape: [1, inputs, 4, 5]},
				{shape: [inputs, outputsEach, ...kernel_shape], isFixed: true},
				...(hasBias
					? [{shape: [outputsEach * group], isFixed: true} as const]
					: []),
			],
		};
	});

const pooling = (opType: string, domain: Domain, isAverage: boolean): Cases =>
	fc
		.record({
			kernel_shape: pair(2, 3),
			strides: pair(1, 3),
			pads: fc.tuple(fc.nat(1), fc.nat(1), fc.nat(1), fc.nat(1)),
			ceil_mode: fc.constantFrom(0, 1),
			count_include_pad: fc.constantFrom(0, 1),
			space: pair(5, 8),
			seed: seeds,
		})
		.map(
			({space: [height, width], count_include_pad, seed, ...attributes}) => ({
				opType,
				seed,
				attributes: isAverage ? {...attributes, count_include_pad} : attributes,
				inputs: [{shape: [1, 2, height, width], domain}],
				// MaxPool can tell where it found its maxima.
				outputs: isAverage ? 1 : 1 + (seed % 2),
			}),
		);

const globalPooling = (opType: string, domain: Domain): Cases =>
	fc
		.record({shape: pictures, seed: seeds})
		.map(({shape, seed}) => ({opType, seed, inputs: [{shape, domain}]}));

const resize: Cases = fc
	.record({
		shape: pictures,
		target: pair(1, 9),
		mode: fc.constantFrom('linear', 'nearest'),
		place: fc.constantFrom(
			'half_pixel',
			'pytorch_half_pixel',
			'align_corners',
			'asymmetric',
		),
		seed: seeds,
	})
	.map(({shape, target, mode, place, seed}) => ({
		opType: 'Resize',
		seed,
		attributes: {
			mode,
			coordinate_transformation_mode: place,
			nearest_mode: 'floor',
		},
		inputs: [
			{shape},
			undefined,
			undefined,
			integers([shape[0], shape[1], ...target]),
		],
	}));

/** Where the neighbours change along an axis of this many elements, as a grid has it. */
const gridKinks = (size: number, isAlignedAtCorners: number) =>
	Array.from({length: size + 4}, (_, index) =>
		isAlignedAtCorners
			? (2 * (index - 2)) / Math.max(size - 1, 1) - 1
			: (2 * (index - 2) + 1) / size - 1,
	);

const gridSample: Cases = fc
	.record({
		channels: fc.integer({min: 1, max: 3}),
		// One side: the numbers of a grid keep away from the kinks of both axes.
		side: fc.integer({min: 1, max: 4}),
		target: pair(1, 4),
		mode: fc.constantFrom('bilinear', 'bilinear', 'nearest', 'bicubic'),
		padding_mode: fc.constantFrom('zeros', 'border', 'reflection'),
		align_corners: fc.constantFrom(0, 1),
		isFixed: fc.boolean(),
		batch: fc.constantFrom(1, 1, 2),
		seed: seeds,
	})
	.map(({channels, side, target, isFixed, batch, seed, ...attributes}) => {
		const grid = {
			shape: [batch, ...target, 2],
			domain: {
				range: 1.4,
				kinks: gridKinks(side, attributes.align_corners),
			},
		};
		const isConstant = isFixed || attributes.mode === 'nearest';
		return {
			opType: 'GridSample',
			seed,
			attributes,
			inputs: [
				{shape: [batch, channels, side, isConstant ? side + 1 : side]},
				isConstant ? {...grid, isFixed: true} : grid,
			],
		};
	});

const padding: Cases = fc
	.record({
		shape: pictures,
		mode: fc.constantFrom('constant', 'reflect', 'edge'),
		pads: fc.array(fc.nat(2), {minLength: 4, maxLength: 4}),
		seed: seeds,
	})
	.map(({shape: [batch, channels, height, width], mode, pads, seed}) => ({
		opType: 'Pad',
		seed,
		attributes: {mode},
		inputs: [
			{shape: [batch, channels, height + 2, width + 2]},
			integers([0, 0, pads[0], pads[1], 0, 0, pads[2], pads[3]]),
			...(mode === 'constant'
				? ([tensorOf('float32', [0.5], [])] as CaseInput[])
				: []),
		],
	}));

/** How to make cases of operators that look through a window. */
export const windowCases: Readonly<Record<string, Cases>> = {
	AveragePool: pooling('AveragePool', {}, true),
	Conv: convolution,
	ConvTranspose: transposed,
	GlobalAveragePool: globalPooling('GlobalAveragePool', {}),
	GlobalMaxPool: globalPooling('GlobalMaxPool', {isDistinct: true}),
	GridSample: gridSample,
	MaxPool: pooling('MaxPool', {isDistinct: true}, false),
	Pad: padding,
	Resize: resize,
};
