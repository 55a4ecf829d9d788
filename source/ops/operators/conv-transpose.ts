import {elementCount} from '../../graph/tensor.js';
import type {DenseAdjoint} from '../adjoint/adjoint.js';
import type {ReverseContext} from '../rules/adjoint.js';
import {type TapMap, tapRules} from '../adjoint/taps/taps.js';
import {
	checkBias,
	type ConvolutionShapes,
	readConvolutionShapes,
} from '../families/window/convolution-weights.js';
import {
	lowerTransposedConvolution,
	toStuffedWeights,
} from '../families/window/lower-transposed-convolution.js';
import type {Operator} from '../operator.js';
import type {NodeView} from '../node/view.js';
import {readTransposedWindow} from '../families/window/read-window.js';
import {shapeOf} from '../node/shapes.js';
import {constantWeights} from '../node/weights.js';
import {
	innerShape,
	readerTaps,
	type Window,
	windowAttributes,
} from '../families/window/window.js';
import {multilinear} from '../rules/tangent.js';

type TransposedConvolution = ConvolutionShapes & {
	readonly window: Window;
	readonly outputs: number;
};

/** @throws {ModelError} If the weights do not fit the input. */
const readConvolution = (view: NodeView): TransposedConvolution => {
	const shapes = readConvolutionShapes(
		view,
		({weights, groups, inputs}) =>
			weights[0] === inputs && inputs % groups === 0,
	);
	const {space, weights, groups} = shapes;
	return {
		...shapes,
		window: readTransposedWindow(view, space, weights.slice(2)),
		outputs: weights[1] * groups,
	};
};

const tapsOf = (view: NodeView): TapMap => {
	const {window, weights, groups, outputs} = readConvolution(view);
	const [inputs, outputsEach, ...kernel] = weights;
	const taps = elementCount(kernel);
	const inputsEach = inputs / groups;
	return {
		...readerTaps(window),
		outputs,
		inputs,
		groups,
		weights: {
			data: constantWeights(view, 1),
			begin(output) {
				const group = Math.trunc(output / outputsEach);
				const channel = group * inputsEach;
				return (channel * outputsEach + (output % outputsEach)) * taps;
			},
			step: outputsEach * taps,
		},
	};
};

/** The adjoint of a transposed convolution is the convolution with the same weights. */
const turnedAround = (view: NodeView) => {
	const {window, groups} = readConvolution(view);
	return {
		opType: 'Conv',
		attributes: {...windowAttributes(window), group: groups},
	};
};

const dense = async (
	context: ReverseContext,
	[adjoint]: ReadonlyArray<DenseAdjoint | undefined>,
) => {
	const {seeds, data, shape: output} = adjoint!;
	const {weights} = readConvolution(context);
	const shape = shapeOf(context, 0);
	const batch = shape[0] * seeds;
	const result = await context.kernels.run(
		`${context.node.name} dense`,
		{
			node: turnedAround(context),
			shapes: [[batch, ...output.slice(1)]],
			constants: () => [{shape: weights, data: constantWeights(context, 1)}],
			output: [batch, ...shape.slice(1)],
		},
		[data],
	);
	return [{kind: 'dense', seeds, shape, data: result} as const];
};

/** Transposed convolution, with which decoders enlarge pictures. @see https://onnx.ai/onnx/operators/onnx__ConvTranspose.html */
export const ConvTranspose: Operator = {
	infer(view) {
		const {window, outputs} = readConvolution(view);
		const [batch] = shapeOf(view, 0);
		checkBias(view, outputs);
		return [{type: 'float32', shape: [batch, outputs, ...innerShape(window)]}];
	},
	adjoint: {...tapRules(tapsOf), dense},
	tangent: multilinear([0, 2]),
	cotangent: ({node, adjoints, wanted, write, ...view}) =>
		wanted(2)
			? undefined
			: write({
					...turnedAround({node, ...view}),
					inputs: [adjoints[0]!, node.inputs[1]],
				}),
	weights: [1],
	lower: {
		weights: {1: toStuffedWeights},
		apply(engine, view, inputs) {
			const {window, groups} = readConvolution(view);
			return lowerTransposedConvolution(engine, inputs, {window, groups});
		},
	},
};
