import {
	elementCount,
	type Tensor,
	type TensorData,
} from '../../../graph/tensor.js';
import {addAdjoints} from '../../adjoint/add.js';
import type {DenseAdjoint} from '../../adjoint/adjoint.js';
import type {Lowering} from '../../rules/lowering.js';
import type {Operator} from '../../operator.js';
import type {NodeView} from '../../node/view.js';
import {shapeOf} from '../../node/shapes.js';
import {addAll} from '../../rules/network-writer.js';
import {linear} from '../../rules/tangent.js';
import {moveBack} from './moving-back.js';
import {moveSparse} from './rows.js';
import {forEachRun, type Strided} from './strided.js';

/**
An operator that moves elements of its first input without computing anything.

Its adjoint moves them back, and sums where an element was repeated.

@param read How each output is read; may look at input shapes, attributes and constants, never at output shapes.
*/
export const moving = (
	read: (view: NodeView) => readonly Strided[],
	lower: Lowering,
): Operator => ({
	infer: (view) =>
		read(view).map(({shape}) => ({type: view.inputs[0]!.type, shape})),
	evaluate: (view, [x]) => read(view).map((strided) => gather(x!, strided)),
	adjoint: {
		dense(context, adjoints) {
			const shape = shapeOf(context, 0);
			const {seeds} = adjoints.find((adjoint) => adjoint !== undefined)!;
			const size = elementCount(shape);
			const data = new Float32Array(seeds * size);
			for (const [index, strided] of read(context).entries()) {
				const adjoint = adjoints[index];
				if (adjoint) {
					scatterAdd(data, size, adjoint, strided);
				}
			}

			return [{kind: 'dense', seeds, shape, data}];
		},
		sparse(context, adjoints) {
			const shape = shapeOf(context, 0);
			const parts = read(context)
				.map((strided, index) => ({strided, adjoint: adjoints[index]}))
				.filter(({adjoint}) => adjoint !== undefined)
				.map(({strided, adjoint}) => moveSparse(adjoint!, shape, strided));
			const moved = parts.filter((part) => part !== undefined);
			return moved.length === parts.length ? [addAdjoints(moved)] : undefined;
		},
	},
	tangent: linear,
	cotangent(context) {
		const parts = read(context).flatMap((strided, index) => {
			const adjoint = context.adjoints[index];
			return adjoint === undefined ? [] : [moveBack(context, adjoint, strided)];
		});
		const known = parts.filter((part) => part !== undefined);
		return parts.length === known.length ? [addAll(context, known)] : undefined;
	},
	lower,
});

const gather = (tensor: Tensor, strided: Strided): Tensor => {
	const source = tensor.data;
	// eslint-disable-next-line @typescript-eslint/no-unsafe-type-assertion -- a typed array's constructor makes arrays of its own kind
	const Elements = source.constructor as new (length: number) => TensorData;
	const data = new Elements(elementCount(strided.shape));
	forEachRun(strided, (to, from, length, stride) => {
		for (let index = 0; index < length; index++) {
			data[to + index] = source[from + index * stride];
		}
	});
	return {type: tensor.type, shape: strided.shape, data};
};

const scatterAdd = (
	sums: Float32Array,
	size: number,
	adjoint: DenseAdjoint,
	strided: Strided,
): void => {
	const step = elementCount(strided.shape);
	for (let seed = 0; seed < adjoint.seeds; seed++) {
		forEachRun(strided, (to, from, length, stride) => {
			const source = seed * step + to;
			const target = seed * size + from;
			for (let index = 0; index < length; index++) {
				sums[target + index * stride] += adjoint.data[source + index];
			}
		});
	}
};
