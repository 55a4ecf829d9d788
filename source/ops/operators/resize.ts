import {ModelError} from '../../errors.js';
import {elementCount, numbersOf} from '../../graph/tensor.js';
import type {DenseAdjoint, SparseAdjoint} from '../adjoint/adjoint.js';
import {positionCount} from '../adjoint/extent.js';
import {type Mix, unmixRows} from '../adjoint/unmix-rows.js';
import {perNode} from '../adjoint/per-node.js';
import {fromChannels, sumOverSpace} from '../adjoint/rows.js';
import type {ReverseContext} from '../rules/adjoint.js';
import {
	type AxisMix,
	type AxisSizes,
	readMix,
	scaledSize,
} from '../families/interpolation.js';
import {separable} from '../rules/cotangent.js';
import {loweredAxis} from '../rules/layout.js';
import type {Operator} from '../operator.js';
import type {NodeView} from '../node/view.js';
import {constantNumbers, shapeOf, shapeText} from '../node/shapes.js';
import {linear} from '../rules/tangent.js';

/** Input and output size of every axis. @throws {ModelError} If neither scales nor sizes are known. */
const readSizes = (view: NodeView): readonly AxisSizes[] => {
	const shape = shapeOf(view, 0);
	const sizes = constantNumbers(view, 3);
	const tensor = view.constant(2);
	if (sizes?.length === shape.length) {
		return shape.map((inner, axis) => ({
			inner,
			outer: sizes[axis],
			scale: sizes[axis] / inner,
		}));
	}

	const scales = tensor && numbersOf(tensor);
	if (scales?.length !== shape.length) {
		throw new ModelError(
			`Node ${view.node.name}: scales and sizes of this Resize of ${shapeText(shape)} are computed while the network runs; export the model with a fixed input size`,
		);
	}

	return shape.map((inner, axis) => ({
		inner,
		outer: scaledSize(inner, scales[axis]),
		scale: scales[axis],
	}));
};

/** How each axis is mixed; undefined for those that stay as they are. */
export const resizeAxes = perNode((view): ReadonlyArray<AxisMix | undefined> =>
	readSizes(view).map((sizes) =>
		sizes.inner === sizes.outer && sizes.scale === 1
			? undefined
			: readMix(view, sizes),
	),
);

/** `[inner, outer]` the weight of each element along one axis in each result. */
const mixMatrix = ({
	inner,
	outer,
	taps,
	coordinates,
	weights,
}: AxisMix): Float32Array => {
	const matrix = new Float32Array(inner * outer);
	for (const [index, weight] of weights.entries()) {
		matrix[coordinates[index] * outer + Math.trunc(index / taps)] += weight;
	}

	return matrix;
};

/** The adjoint of mixing one axis: every element gathers from those it was mixed into. `[…, outer, step] → […, inner, step]`, as a product that runtimes are fastest at, zeros or not. */
const unmixAxis = async (
	{node, kernels}: ReverseContext,
	data: Float32Array,
	step: number,
	mix: AxisMix,
): Promise<Float32Array> => {
	const {inner, outer} = mix;
	const blocks = data.length / (outer * step);
	const [opType, attributes] =
		step === 1 ? ['Gemm', {transB: 1}] : ['MatMul', {}];
	const sides = [
		{shape: [inner, outer], data: mixMatrix(mix)},
		{shape: step === 1 ? [blocks, outer] : [blocks, outer, step], data},
	];
	const [left, right] = step === 1 ? sides.toReversed() : sides;
	return kernels.run(
		`${node.name} dense`,
		{
			node: {opType, attributes},
			shapes: [left.shape, right.shape],
			constants: () => [],
			output: step === 1 ? [blocks, inner] : [blocks, inner, step],
		},
		[left.data, right.data],
	);
};

const dense = async (
	context: ReverseContext,
	[adjoint]: ReadonlyArray<DenseAdjoint | undefined>,
) => {
	const shape = shapeOf(context, 0);
	let {data, shape: current} = adjoint!;
	for (const [axis, mix] of resizeAxes(context).entries()) {
		if (mix) {
			const step = elementCount(current.slice(axis + 1));
			// eslint-disable-next-line no-await-in-loop -- Each axis reads what the one before left.
			data = await unmixAxis(context, data, step, mix);
			current = current.with(axis, mix.inner);
		}
	}

	return [{...adjoint!, shape, data}];
};

/** What each position of the output is mixed from; undefined where more than space is resized. */
export const mixOf = (
	view: NodeView,
): ((position: number) => Mix) | undefined => {
	const [batch, channels, ...axes] = resizeAxes(view);
	if (batch !== undefined || channels !== undefined) {
		return undefined;
	}

	const inner = shapeOf(view, 0).slice(2);
	const outer = readSizes(view)
		.slice(2)
		.map((sizes) => sizes.outer);
	return (position) => {
		let mix: Mix = [[0, 1]];
		let rest = position;
		let step = 1;
		for (let axis = inner.length - 1; axis >= 0; axis--) {
			const at = rest % outer[axis];
			rest = (rest - at) / outer[axis];
			mix = spread(mix, axes[axis], at, step);
			step *= inner[axis];
		}

		return mix;
	};
};

const spread = (
	mix: Mix,
	axis: AxisMix | undefined,
	at: number,
	step: number,
): Mix => {
	if (!axis) {
		return mix.map(([position, weight]) => [position + at * step, weight]);
	}

	const {taps, coordinates, weights} = axis;
	return Array.from({length: taps}, (_, tap) => at * taps + tap)
		.filter((index) => weights[index] !== 0)
		.flatMap((index) =>
			mix.map(
				([position, weight]) =>
					[
						position + coordinates[index] * step,
						weight * weights[index],
					] as const,
			),
		);
};

const mixOfNode = perNode(mixOf);

const sparse = (
	context: ReverseContext,
	[adjoint]: ReadonlyArray<SparseAdjoint | undefined>,
) => {
	const shape = shapeOf(context, 0);
	const mix = mixOfNode(context);
	if (!mix) {
		return undefined;
	}

	if (positionCount(shape) === 1) {
		return [
			fromChannels(
				adjoint!.seeds,
				shape,
				sumOverSpace(adjoint!, context.allocate),
			),
		];
	}

	return adjoint!.uniform
		? undefined
		: [unmixRows(adjoint!, shape, mix, context.allocate)];
};

/** Scales a picture up or down by nearest, linear or cubic interpolation. @see https://onnx.ai/onnx/operators/onnx__Resize.html */
export const Resize: Operator = {
	infer: (view) => [
		{
			type: view.inputs[0]!.type,
			shape: readSizes(view).map(({outer}) => outer),
		},
	],
	adjoint: {dense, sparse},
	tangent: linear,
	cotangent: separable((view) =>
		resizeAxes(view).map((mix) => mix && mixMatrix(mix)),
	),
	lower: {
		/** By two products with small matrices: TensorFlow.js knows two of ONNX's coordinate modes only. */
		apply(engine, view, [x]) {
			let result = x!;
			for (const [axis, mix] of resizeAxes(view).entries()) {
				if (mix) {
					const at = loweredAxis(axis, result.rank);
					const order = Array.from({length: result.rank}, (_, each) => each);
					[order[at], order[result.rank - 1]] = [result.rank - 1, at];
					const turned = engine.transpose(result, order);
					const flat = engine.reshape(turned, [-1, mix.inner]);
					const mixed = engine.matMul(
						flat,
						engine.tensor2d(mixMatrix(mix), [mix.inner, mix.outer]),
					);
					result = engine.transpose(
						engine.reshape(mixed, [...turned.shape.slice(0, -1), mix.outer]),
						order,
					);
				}
			}

			return result;
		},
	},
};
