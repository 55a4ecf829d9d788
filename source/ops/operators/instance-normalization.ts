import {elementCount} from '../../graph/tensor.js';
import {loweredAxis, reshapeAsOnnx} from '../rules/layout.js';
import {
	epsilonOf,
	normalize,
	normalizingRule,
	normalizingTangent,
} from '../families/normalizing.js';
import type {Operator} from '../operator.js';
import type {NodeView} from '../node/view.js';
import {shapeOf} from '../node/shapes.js';

const planes = (view: NodeView) => {
	const [, channels, ...space] = shapeOf(view, 0);
	const size = elementCount(space);
	return {
		size,
		parameter: (offset: number) => Math.trunc(offset / size) % channels,
	};
};

/** Normalises each channel of each picture over space. @see https://onnx.ai/onnx/operators/onnx__InstanceNormalization.html */
export const InstanceNormalization: Operator = {
	infer: (view) => [{type: 'float32', shape: shapeOf(view, 0)}],
	adjoint: normalizingRule(planes),
	tangent: normalizingTangent(planes),
	lower: {
		apply(engine, view, [x, ...parameters]) {
			const shape = shapeOf(view, 0);
			const space = [...shape.keys()].slice(2);
			const {normalized} = normalize(
				engine,
				x!,
				space.map((axis) => loweredAxis(axis, shape.length)),
				epsilonOf(view),
			);
			const [scale, bias] = parameters.map((tensor) =>
				reshapeAsOnnx(
					engine,
					tensor!,
					shape.map((size, axis) => (axis === 1 ? size : 1)),
				),
			);
			return engine.add(engine.mul(normalized, scale), bias);
		},
	},
};
