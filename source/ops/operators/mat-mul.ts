import type * as tf from '@tensorflow/tfjs-core';
import {ModelError} from '../../errors.js';
import type {Shape} from '../../graph/tensor.js';
import {unbroadcast} from '../adjoint/broadcast.js';
import {densify} from '../adjoint/dense.js';
import {sumBroadcast} from '../rules/cotangent.js';
import type {Operator} from '../operator.js';
import type {NodeView} from '../node/view.js';
import {
	transposeLast,
	transposedShape,
} from '../families/product/transpose-last.js';
import {
	passLeft,
	passRight,
	reshapeAdjoint,
} from '../families/product/pass-product.js';
import {broadcastShapes, shapeOf, shapeText} from '../node/shapes.js';
import {multilinear} from '../rules/tangent.js';

/** Both factors as stacks of matrices (a list counts as a row on the left, as a column on the right), and the result with and without the axes that this adds. */
const readProduct = (view: NodeView) => {
	const shapes = [shapeOf(view, 0), shapeOf(view, 1)];
	const [a, b] = shapes;
	const left = a.length === 1 ? [1, ...a] : a;
	const right = b.length === 1 ? [...b, 1] : b;
	const [rows, inner] = left.slice(-2);
	const [same, columns] = right.slice(-2);
	if (inner !== same) {
		throw new ModelError(
			`Node ${view.node.name}: ${shapeText(a)} and ${shapeText(b)} cannot be multiplied; choose another input size, or export the model again`,
		);
	}

	const stack = broadcastShapes(view, left.slice(0, -2), right.slice(0, -2));
	return {
		left,
		right,
		full: [...stack, rows, columns],
		result: [
			...stack,
			...(a.length === 1 ? [] : [rows]),
			...(b.length === 1 ? [] : [columns]),
		],
	};
};

const isOneMatrix = (shape: Shape): boolean =>
	shape.slice(0, -2).every((extent) => extent === 1);

/** TensorFlow.js may only broadcast a single matrix on the left: WebAssembly confuses stacks that broadcast both ways, and TensorFlow's oneDNN writes beyond its memory where one matrix on the right multiplies a stack `[…, 1, M, K]`. That stack is a tall matrix, and one product. */
const multiply = (
	engine: typeof tf,
	[a, b]: readonly [tf.Tensor, tf.Tensor],
	{left, right, full, result}: ReturnType<typeof readProduct>,
): tf.Tensor => {
	const spread = (tensor: tf.Tensor, shape: Shape) => {
		const own = engine.reshape(tensor, [...shape]);
		return isOneMatrix(shape)
			? own
			: engine.broadcastTo(own, [...full.slice(0, -2), ...shape.slice(-2)]);
	};

	const product = isOneMatrix(right)
		? engine.matMul(
				engine.reshape(a, [-1, left.at(-1)!]),
				engine.reshape(b, right.slice(-2)),
			)
		: engine.matMul(spread(a, left), spread(b, right));
	return engine.reshape(product, [...result]);
};

/** The axes that transpose each matrix of a stack. */
const swapLast = (rank: number): readonly number[] => [
	...Array.from({length: rank - 2}, (_, axis) => axis),
	rank - 1,
	rank - 2,
];

/** The product of matrices, or of stacks of them that broadcast. @see https://onnx.ai/onnx/operators/onnx__MatMul.html */
export const MatMul: Operator = {
	infer: (view) => [{type: 'float32', shape: readProduct(view).result}],
	adjoint: {
		needs: ({constant}) => ({
			inputs: [...(constant(0) ? [] : [1]), ...(constant(1) ? [] : [0])],
		}),
		async dense(context, [adjoint]) {
			const {left, right, full} = readProduct(context);
			const g = reshapeAdjoint(adjoint!, full);
			const own = async (index: number) => {
				if (!context.wanted(index)) {
					return undefined;
				}

				const passed =
					index === 0
						? await passLeft(context, g, {index: 1, shape: right})
						: await passRight(context, g, {index: 0, shape: left});
				const summed = densify(unbroadcast(passed, index === 0 ? left : right));
				return reshapeAdjoint(summed, shapeOf(context, index));
			};

			return [await own(0), await own(1)];
		},
	},
	tangent: multilinear([0], [1]),
	cotangent(context) {
		const {node, inputs, outputs, adjoints, wanted, add, write} = context;
		const [g] = adjoints;
		const shapes = inputs.map((value) => value!.shape);
		if (shapes.some(({length}) => length < 2)) {
			return undefined;
		}

		const turned = (index: number): string => {
			const tensor = context.constant(index);
			return tensor?.data instanceof Float32Array
				? add({
						...tensor,
						shape: transposedShape(tensor.shape),
						data: transposeLast(tensor.data, tensor.shape),
					})
				: write({
						opType: 'Transpose',
						inputs: [node.inputs[index]],
						attributes: {perm: swapLast(shapes[index].length)},
					})[0];
		};

		return shapes.map((from, index) => {
			if (!wanted(index)) {
				return undefined;
			}

			const [product] = write({
				opType: 'MatMul',
				inputs: index === 0 ? [g!, turned(1)] : [turned(0), g!],
			});
			const stack = outputs[0].shape.slice(0, -2);
			return sumBroadcast(context, product, {
				from,
				to: [...stack, ...from.slice(-2)],
			});
		});
	},
	lower: {
		layout: 'onnx',
		apply: (engine, view, [a, b]) =>
			multiply(engine, [a!, b!], readProduct(view)),
	},
};
