import {elementCount} from '../../graph/tensor.js';
import {broadcastOffset} from '../adjoint/broadcast.js';
import {numberAttribute} from '../node/attributes.js';
import {alignRank, loweredAxis} from '../rules/layout.js';
import {
	epsilonOf,
	normalize,
	normalizingRule,
	normalizingTangent,
} from '../families/normalizing.js';
import type {Operator} from '../operator.js';
import type {NodeView} from '../node/view.js';
import {axisOf, shapeOf} from '../node/shapes.js';

/** All axes from `axis` on are normalised together. */
const firstAxis = (view: NodeView): number =>
	axisOf(view, numberAttribute(view.node, 'axis', -1), shapeOf(view, 0).length);

const layerGroups = (view: NodeView) => {
	const shape = shapeOf(view, 0);
	return {
		size: elementCount(shape.slice(firstAxis(view))),
		parameter: broadcastOffset(shapeOf(view, 1), shape),
	};
};

/** Normalises the last axes, then scales and shifts them. @see https://onnx.ai/onnx/operators/onnx__LayerNormalization.html */
export const LayerNormalization: Operator = {
	infer(view) {
		const shape = shapeOf(view, 0);
		const first = firstAxis(view);
		const moments = shape.map((size, axis) => (axis < first ? size : 1));
		return [shape, moments, moments]
			.slice(0, view.node.outputs.length)
			.map((each) => ({type: 'float32', shape: each}));
	},
	adjoint: normalizingRule(layerGroups),
	tangent: normalizingTangent(layerGroups),
	lower: {
		apply(engine, view, [x, ...parameters]) {
			const {length: rank} = shapeOf(view, 0);
			const first = firstAxis(view);
			const {normalized, mean, inverse} = normalize(
				engine,
				x!,
				Array.from({length: rank - first}, (_, index) =>
					loweredAxis(first + index, rank),
				),
				epsilonOf(view),
			);
			const [scale, bias] = parameters.map(
				(tensor) => tensor && alignRank(engine, tensor, rank),
			);
			const scaled = engine.mul(normalized, scale!);
			return [bias ? engine.add(scaled, bias) : scaled, mean, inverse].slice(
				0,
				view.node.outputs.length,
			);
		},
	},
};
