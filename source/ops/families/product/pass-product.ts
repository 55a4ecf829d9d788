import type {Shape} from '../../../graph/tensor.js';
import type {DenseAdjoint} from '../../adjoint/adjoint.js';
import type {ReverseContext} from '../../rules/adjoint.js';
import {transposeLast, transposedShape} from './transpose-last.js';

/** A factor of a batched matrix product, `[…stack, rows, columns]`. */
export type Factor = {
	/** Index of the input that it is. */
	readonly index: number;
	readonly shape: Shape;
};

/** `G · Bᵀ`: the adjoint of the left factor `A [M, K]` of `A · B`, before undoing broadcasts. `[…stack, M, K]` */
export const passLeft = async (
	context: ReverseContext,
	adjoint: DenseAdjoint,
	right: Factor,
): Promise<DenseAdjoint> => {
	const {node, kernels} = context;
	const {seeds, shape, data} = adjoint;
	const [inner, columns] = right.shape.slice(-2);
	const turned = () => transposeLast(context.input(right.index), right.shape);
	const passed = shape.with(-1, inner);
	if (right.shape.length === 2 && context.constant(right.index)) {
		const product = await kernels.product(
			`${node.name} left`,
			{k: columns, n: inner},
			turned,
		);
		const result = await product(data, data.length / columns);
		return {kind: 'dense', seeds, shape: passed, data: result};
	}

	const result = await kernels.run(
		`${node.name} left`,
		{
			node: {opType: 'MatMul', attributes: {}},
			shapes: [[seeds, ...shape], transposedShape(right.shape)],
			constants: () => [],
			output: [seeds, ...passed],
		},
		[data, turned()],
	);
	return {kind: 'dense', seeds, shape: passed, data: result};
};

/** `Aᵀ · G`: the adjoint of the right factor `B [K, N]` of `A · B`, before undoing broadcasts. `[…stack, K, N]` */
export const passRight = async (
	context: ReverseContext,
	adjoint: DenseAdjoint,
	left: Factor,
): Promise<DenseAdjoint> => {
	const {node, kernels} = context;
	const {seeds, shape, data} = adjoint;
	const passed = shape.with(-2, left.shape.at(-1)!);
	const result = await kernels.run(
		`${node.name} right`,
		{
			node: {opType: 'MatMul', attributes: {}},
			shapes: [transposedShape(left.shape), [seeds, ...shape]],
			constants: () => [],
			output: [seeds, ...passed],
		},
		[transposeLast(context.input(left.index), left.shape), data],
	);
	return {kind: 'dense', seeds, shape: passed, data: result};
};

/** Reads the elements as the adjoint of a value with another shape. */
export const reshapeAdjoint = (
	adjoint: DenseAdjoint,
	shape: Shape,
): DenseAdjoint => ({...adjoint, shape});
