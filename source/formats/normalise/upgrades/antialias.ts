import {ModelError} from '../../../errors.js';
import type {Node} from '../../../graph/graph.js';
import {tensorOf} from '../../../graph/tensor.js';
import {
	numberAttribute,
	stringAttribute,
} from '../../../ops/node/attributes.js';
import {scaledSize} from '../../../ops/families/interpolation.js';
import {sequence} from '../../sequence.js';
import {constantIntegers, written, type Upgrade} from './upgrade.js';

/** How much an element counts for a place at this distance, in elements; 0 from `reach` on. */
type Filter = {
	readonly reach: number;
	readonly weight: (distance: number) => number;
};

/** The kernels of interpolation. @see https://ieeexplore.ieee.org/document/1163711 (Keys 1981, equation 4, with its parameter `a`) */
const filters: Readonly<Record<string, (a: number) => Filter>> = {
	linear: () => ({reach: 1, weight: (distance) => Math.max(0, 1 - distance)}),
	cubic: (a) => ({
		reach: 2,
		weight(x) {
			if (x >= 2) {
				return 0;
			}

			return x < 1
				? ((a + 2) * x - (a + 3)) * x * x + 1
				: ((a * x - 5 * a) * x + 8 * a) * x - 4 * a;
		},
	}),
};

/** `[outer, inner]`: what each element of an axis is made of. A kernel is as much wider as the axis shrinks. */
const mixOf = (
	{reach, weight}: Filter,
	{inner, outer, scale}: {inner: number; outer: number; scale: number},
	isOutsideExcluded: boolean,
): number[] => {
	const shrink = Math.min(scale, 1);
	const matrix = Array.from({length: outer * inner}, () => 0);
	for (let row = 0; row < outer; row++) {
		const center = (row + 0.5) / scale - 0.5;
		const first = Math.floor(center - reach / shrink);
		const last = Math.ceil(center + reach / shrink);
		let total = 0;
		for (let at = first; at <= last; at++) {
			const counted = weight(Math.abs(at - center) * shrink);
			const place = Math.min(Math.max(at, 0), inner - 1);
			if (place === at || !isOutsideExcluded) {
				matrix[row * inner + place] += counted;
				total += counted;
			}
		}

		for (let column = 0; column < inner; column++) {
			matrix[row * inner + column] /= total;
		}
	}

	return matrix;
};

const refuse = (node: Node, what: string): ModelError =>
	new ModelError(
		`Node ${node.name}: Resize with antialias ${what} is not known; export it with interpolate(…, antialias=False)`,
	);

/**
Writes a Resize that smooths before it shrinks as products with a matrix for each axis.

@throws {ModelError} If it is not linear or cubic, not half-pixel, or of other axes than rows and columns.
@see https://onnx.ai/onnx/operators/onnx__Resize.html `antialias`
*/
export const resizeSmoothly: Upgrade = (node, context) => {
	const to = sequence(node);
	const shape = context.draft.shapeOf(node.inputs[0]);
	const mode = stringAttribute(node, 'mode', 'nearest');
	const coordinates = stringAttribute(
		node,
		'coordinate_transformation_mode',
		'half_pixel',
	);
	const filter = filters[mode]?.(numberAttribute(node, 'cubic_coeff_a', -0.75));
	if (!filter || !coordinates.endsWith('half_pixel')) {
		throw refuse(node, `and ${filter ? coordinates : mode}`);
	}

	const scales = constantIntegers(node, 2, context) ?? [];
	const sizes = constantIntegers(node, 3, context);
	const axes = shape.map((inner, axis) => {
		const outer = sizes?.[axis] ?? scaledSize(inner, scales[axis]);
		return {inner, outer, scale: scales[axis] ?? outer / inner};
	});
	if (axes.slice(0, -2).some(({inner, outer}) => inner !== outer)) {
		throw refuse(node, 'along other axes than rows and columns');
	}

	const isOutsideExcluded = numberAttribute(node, 'exclude_outside', 0) === 1;
	const matrix = (axis: (typeof axes)[number]) =>
		to.constant(
			tensorOf('float32', mixOf(filter, axis, isOutsideExcluded), [
				axis.outer,
				axis.inner,
			]),
		);
	const [rows, columns] = axes.slice(-2).map((axis) => matrix(axis));
	const across = to.apply('Transpose', [columns], {perm: [1, 0]});
	const narrowed = to.apply('MatMul', [node.inputs[0], across]);
	to.apply('MatMul', [rows, narrowed], {}, to.result);
	return written(to, context);
};
