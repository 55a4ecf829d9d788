import {ModelError} from '../../errors.js';
import {elementCount, type Shape} from '../../graph/tensor.js';
import type {DenseAdjoint} from '../adjoint/adjoint.js';
import {unbroadcast} from '../adjoint/broadcast.js';
import type {ReverseContext} from '../rules/adjoint.js';
import {scale} from '../adjoint/scale.js';
import {numberAttribute} from '../node/attributes.js';
import {sumBroadcast, weigh} from '../rules/cotangent.js';
import type {Operator} from '../operator.js';
import type {NodeView} from '../node/view.js';
import {
	transposeLast,
	transposedShape,
} from '../families/product/transpose-last.js';
import {broadcastShapes, shapeOf, shapeText} from '../node/shapes.js';
import {multilinear} from '../rules/tangent.js';

const readGemm = (view: NodeView) => {
	const number = (name: string, missing: number) =>
		numberAttribute(view.node, name, missing);
	const gemm = {
		alpha: number('alpha', 1),
		beta: number('beta', 1),
		turnsA: number('transA', 0) === 1,
		turnsB: number('transB', 0) === 1,
	};
	const [a, b] = [shapeOf(view, 0), shapeOf(view, 1)];
	const left = gemm.turnsA ? transposedShape(a) : a;
	const right = gemm.turnsB ? transposedShape(b) : b;
	if (a.length !== 2 || b.length !== 2 || left[1] !== right[0]) {
		throw new ModelError(
			`Node ${view.node.name}: ${shapeText(left)} and ${shapeText(right)} cannot be multiplied; choose another input size, or export the model again`,
		);
	}

	return {...gemm, left, right, result: [left[0], right[1]]};
};

/** A product of two matrices, of which either may depend on the image or the seed. */
const multiply = async (
	{node, kernels, constant}: ReverseContext,
	purpose: string,
	{
		factors,
		attributes,
		output,
	}: {
		readonly factors: ReadonlyArray<{
			readonly shape: Shape;
			readonly data: Float32Array;
			readonly index?: number;
		}>;
		readonly attributes: Readonly<Record<string, number>>;
		readonly output: Shape;
	},
): Promise<Float32Array> => {
	const isFixed = ({index}: {readonly index?: number}) =>
		index !== undefined && constant(index) !== undefined;
	const fed = factors.filter((factor) => !isFixed(factor));
	return kernels.run(
		`${node.name} ${purpose}`,
		{
			node: {opType: 'Gemm', attributes},
			shapes: fed.map(({shape}) => shape),
			constants: () => factors.filter((factor) => isFixed(factor)),
			output,
		},
		fed.map(({data}) => data),
	);
};

/** `α G B′ᵀ`, all seeds in one product. */
const passA = async (
	context: ReverseContext,
	{seeds, data}: DenseAdjoint,
): Promise<DenseAdjoint> => {
	const {alpha, turnsA, turnsB, left, result} = readGemm(context);
	const rows = seeds * left[0];
	const passed = await multiply(context, 'left', {
		factors: [
			{shape: [rows, result[1]], data},
			{index: 1, shape: shapeOf(context, 1), data: context.input(1)},
		],
		attributes: {alpha, transB: turnsB ? 0 : 1},
		output: [rows, left[1]],
	});
	return {
		kind: 'dense',
		seeds,
		shape: shapeOf(context, 0),
		data: turnsA ? transposeLast(passed, left) : passed,
	};
};

/** `α A′ᵀ G`, seed by seed. */
const passB = async (
	context: ReverseContext,
	{seeds, data}: DenseAdjoint,
): Promise<DenseAdjoint> => {
	const {alpha, turnsA, turnsB, right, result} = readGemm(context);
	const shape = shapeOf(context, 1);
	const size = elementCount(result);
	const passed = new Float32Array(seeds * elementCount(shape));
	for (let seed = 0; seed < seeds; seed++) {
		// eslint-disable-next-line no-await-in-loop -- They run on the same cores.
		const part = await multiply(context, 'right', {
			factors: [
				{shape: shapeOf(context, 0), data: context.input(0)},
				{shape: result, data: data.subarray(seed * size, (seed + 1) * size)},
			],
			attributes: {alpha, transA: turnsA ? 0 : 1},
			output: right,
		});
		passed.set(turnsB ? transposeLast(part, right) : part, seed * part.length);
	}

	return {kind: 'dense', seeds, shape, data: passed};
};

/** `α A′ B′ + β C`: a fully connected layer. @see https://onnx.ai/onnx/operators/onnx__Gemm.html */
export const Gemm: Operator = {
	infer(view) {
		const {result} = readGemm(view);
		if (view.inputs[2]) {
			broadcastShapes(view, result, shapeOf(view, 2));
		}

		return [{type: 'float32', shape: result}];
	},
	adjoint: {
		needs: ({constant}) => ({
			inputs: [...(constant(0) ? [] : [1]), ...(constant(1) ? [] : [0])],
		}),
		async dense(context, [adjoint]) {
			const {beta} = readGemm(context);
			return [
				context.wanted(0) ? await passA(context, adjoint!) : undefined,
				context.wanted(1) ? await passB(context, adjoint!) : undefined,
				context.wanted(2)
					? unbroadcast(
							scale(adjoint!, () => beta, true),
							shapeOf(context, 2),
						)
					: undefined,
			];
		},
	},
	tangent: multilinear([0, 2], [1]),
	cotangent(context) {
		const {node, inputs, outputs, adjoints, wanted, write} = context;
		const {alpha, beta, turnsA, turnsB} = readGemm(context);
		const g = adjoints[0]!;
		const [a, b] = node.inputs;
		const product = (left: string, right: string, turns: boolean[]) =>
			write({
				opType: 'Gemm',
				inputs: [left, right],
				attributes: {
					alpha,
					transA: Number(turns[0]),
					transB: Number(turns[1]),
				},
			})[0];
		return [
			wanted(0)
				? turnsA
					? product(b, g, [turnsB, true])
					: product(g, b, [false, !turnsB])
				: undefined,
			wanted(1)
				? turnsB
					? product(g, a, [true, turnsA])
					: product(a, g, [!turnsA, false])
				: undefined,
			wanted(2)
				? sumBroadcast(context, weigh(context, g, beta), {
						from: inputs[2]!.shape,
						to: outputs[0].shape,
					})
				: undefined,
		];
	},
	lower: {
		apply(engine, view, [a, b, c]) {
			const {alpha, beta, turnsA, turnsB} = readGemm(view);
			const product = engine.mul(engine.matMul(a!, b!, turnsA, turnsB), alpha);
			return c ? engine.add(product, engine.mul(c, beta)) : product;
		},
	},
};
