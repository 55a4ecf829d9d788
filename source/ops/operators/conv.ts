import {elementCount, type Shape} from '../../graph/tensor.js';
import type {DenseAdjoint} from '../adjoint/adjoint.js';
import type {ReverseContext} from '../rules/adjoint.js';
import {type TapMap, tapRules} from '../adjoint/taps/taps.js';
import {
	checkBias,
	type ConvolutionShapes,
	readConvolutionShapes,
} from '../families/window/convolution-weights.js';
import {
	lowerConvolution,
	toHwio,
} from '../families/window/lower-convolution.js';
import {unmixAxis} from '../rules/cotangent.js';
import type {Operator} from '../operator.js';
import type {NodeView} from '../node/view.js';
import {shapeOf} from '../node/shapes.js';
import type {SummedContext} from '../rules/summed.js';
import {constantWeights} from '../node/weights.js';
import {readWindow} from '../families/window/read-window.js';
import {
	readPlaces,
	readingTaps,
	type Window,
	windowAttributes,
} from '../families/window/window.js';
import {multilinear} from '../rules/tangent.js';

type Convolution = ConvolutionShapes & {readonly window: Window};

/** @throws {ModelError} If the weights do not fit the input. */
const readConvolution = (view: NodeView): Convolution => {
	const shapes = readConvolutionShapes(
		view,
		({weights, groups, inputs}) =>
			weights[1] * groups === inputs && weights[0] % groups === 0,
	);
	const {space, weights} = shapes;
	return {...shapes, window: readWindow(view, space, weights.slice(2))};
};

const tapsOf = (view: NodeView): TapMap => {
	const {window, weights, groups, inputs} = readConvolution(view);
	const taps = elementCount(weights.slice(2));
	return {
		...readingTaps(window),
		outputs: weights[0],
		inputs,
		groups,
		weights: {
			data: constantWeights(view, 1),
			begin: (output) => output * weights[1] * taps,
			step: taps,
		},
	};
};

/** The dense input gradient: for stride 1 a convolution with the flipped kernel, which runtimes do fastest, otherwise a transposed convolution. */
const turnedAround = (view: NodeView) => {
	const {window, weights, groups} = readConvolution(view);
	const kernel = constantWeights(view, 1);
	const flips = window.every(
		(axis) =>
			axis.stride === 1 &&
			Math.max(axis.begin, axis.end) <= axis.dilation * (axis.kernel - 1),
	);
	return flips
		? {
				opType: 'Conv',
				attributes: {
					...windowAttributes(window.map((axis) => flipAxis(axis))),
					group: groups,
				},
				weights: () => flipWeights(kernel, weights, groups),
			}
		: {
				opType: 'ConvTranspose',
				attributes: {
					...windowAttributes(window),
					group: groups,
					output_padding: window.map((axis) => leftOver(axis)),
				},
				weights: () => ({shape: weights, data: kernel}),
			};
};

const dense = async (
	context: ReverseContext,
	[adjoint]: ReadonlyArray<DenseAdjoint | undefined>,
) => {
	const {seeds, data, shape: output} = adjoint!;
	const {weights, ...node} = turnedAround(context);
	const input = shapeOf(context, 0);
	const batch = input[0] * seeds;
	const result = await context.kernels.run(
		`${context.node.name} dense`,
		{
			node,
			shapes: [[batch, ...output.slice(1)]],
			constants: () => [weights()],
			output: [batch, ...input.slice(1)],
		},
		[data],
	);
	return [{kind: 'dense', seeds, shape: input, data: result} as const];
};

const flipAxis = (axis: Window[number]): Window[number] => {
	const reach = axis.dilation * (axis.kernel - 1);
	return {...axis, begin: reach - axis.begin, end: reach - axis.end};
};

/** How many elements at the end are in no window. */
const leftOver = (axis: Window[number]): number =>
	axis.inner +
	axis.begin +
	axis.end -
	(axis.outer - 1) * axis.stride -
	axis.dilation * (axis.kernel - 1) -
	1;

/** `[Cout, Cin / groups, …kernel]` → `[Cin, Cout / groups, …kernel]`, every kernel rotated by 180°. */
const flipWeights = (data: Float32Array, shape: Shape, groups: number) => {
	const [outputs, inputsEach, ...kernel] = shape;
	const outputsEach = outputs / groups;
	const taps = elementCount(kernel);
	const flipped = new Float32Array(data.length);
	for (let output = 0; output < outputs; output++) {
		const group = Math.trunc(output / outputsEach);
		for (let input = 0; input < inputsEach; input++) {
			const from = (output * inputsEach + input) * taps;
			const to =
				((group * inputsEach + input) * outputsEach + (output % outputsEach)) *
				taps;
			for (let tap = 0; tap < taps; tap++) {
				flipped[to + taps - 1 - tap] = data[from + tap];
			}
		}
	}

	return {
		shape: [inputsEach * groups, outputsEach, ...kernel],
		data: flipped,
	};
};

/** The sum of what each tap of the kernel reads: the whole input, without what lies opposite the padding. `[N, Cin, …kernel]` */
const sumReads = ({sum, ...context}: SummedContext, window: Window): string => {
	const reads = window.map((axis) => readPlaces(axis));
	const isPointwise = window.every(({kernel}) => kernel === 1);
	if (isPointwise && reads.every((places) => !places.includes(0))) {
		return sum(0);
	}

	let read = context.node.inputs[0];
	let shape = shapeOf(context, 0);
	for (const [index, {kernel, inner}] of window.entries()) {
		const axis = index + 2;
		read = unmixAxis(context, {adjoint: read, shape}, axis, {
			type: 'float32',
			shape: [kernel, inner],
			data: reads[index],
		});
		shape = shape.with(axis, kernel);
	}

	return read;
};

/** Convolution, including dilated, grouped and depthwise ones. @see https://onnx.ai/onnx/operators/onnx__Conv.html */
export const Conv: Operator = {
	infer(view) {
		const {window, weights} = readConvolution(view);
		const [batch] = shapeOf(view, 0);
		checkBias(view, weights[0]);
		return [
			{
				type: 'float32',
				shape: [batch, weights[0], ...window.map(({outer}) => outer)],
			},
		];
	},
	adjoint: {...tapRules(tapsOf), dense},
	tangent: multilinear([0, 2]),
	cotangent(context) {
		const {adjoints, wanted, add, write} = context;
		if (wanted(2)) {
			return undefined;
		}

		const {weights, ...node} = turnedAround(context);
		const kernel = add({type: 'float32', ...weights()});
		return write({...node, inputs: [adjoints[0]!, kernel]});
	},
	summed(context) {
		const {window, groups} = readConvolution(context);
		const [, kernel, bias] = context.node.inputs;
		return bias
			? undefined
			: context.write({
					opType: 'Conv',
					inputs: [sumReads(context, window), kernel],
					attributes: {group: groups},
				})[0];
	},
	weights: [1],
	lower: {
		weights: {1: toHwio},
		apply(engine, view, inputs) {
			const {window, groups} = readConvolution(view);
			return lowerConvolution(engine, inputs, {window, groups});
		},
	},
};
