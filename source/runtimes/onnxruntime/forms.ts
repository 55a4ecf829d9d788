import type {EncodableGraph} from '../../formats/onnx/index.js';
import type {Node, Value} from '../../graph/graph.js';
import type {Shape, Tensor} from '../../graph/tensor.js';

/** A way to write `a [M, K] · W [K, N]` for onnxruntime. */
export type Form = {
	readonly opType: 'MatMul' | 'Gemm';
	/** Whether W is the left factor, so that the product comes out transposed, as `[N, M]`. */
	readonly isTurned: boolean;
};

/** W is stored as `[K, N]`. */
export const byRows: Form = {opType: 'MatMul', isTurned: false};

/** W is stored as `[N, K]`. */
export const byColumns: Form = {opType: 'Gemm', isTurned: false};

/** W is stored as `[N, K]` and is the left factor: it is read as it lies and only `a` is rearranged, which takes half the time for few rows. */
export const matrixFirst: Form = {opType: 'Gemm', isTurned: true};

/** The shapes of a form's W, as stored, and of its product. */
export const shapesOf = (
	{opType, isTurned}: Form,
	{m, k, n}: {readonly m: number; readonly k: number; readonly n: number},
): {readonly weights: Shape; readonly product: Shape} => ({
	weights: opType === 'Gemm' ? [n, k] : [k, n],
	product: isTurned ? [n, m] : [m, n],
});

/** A network that multiplies `a0`, `a1` … by weights `weights0`, `weights1` … that are fed, or `a0` by constant weights. */
export const productGraph = (
	{opType, isTurned}: Form,
	count: number,
	own?: Tensor,
): EncodableGraph => {
	const value = (name: string): Value => ({
		name,
		type: 'float32',
		shape: [-1, -1],
	});
	const attributes: Node['attributes'] = opType === 'Gemm' ? {transB: 1} : {};
	const products = Array.from({length: count}, (_, index) => ({
		a: value(`a${index}`),
		weights: value(`weights${index}`),
		product: value(`product${index}`),
	}));
	return {
		name: 'products',
		nodes: products.map(({a, weights, product}) => ({
			name: product.name,
			opType,
			inputs: isTurned ? [weights.name, a.name] : [a.name, weights.name],
			outputs: [product.name],
			attributes,
		})),
		inputs: products.flatMap(({a, weights}) => (own ? [a] : [a, weights])),
		outputs: products.map(({product}) => product.name),
		constants: new Map(own && [['weights0', own]]),
		values: new Map(
			products
				.flatMap((each) => Object.values(each))
				.map((each) => [each.name, each]),
		),
	};
};
