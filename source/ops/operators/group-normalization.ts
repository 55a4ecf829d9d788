import {elementCount} from '../../graph/tensor.js';
import {numberAttribute} from '../node/attributes.js';
import {
	epsilonOf,
	normalize,
	normalizingRule,
	normalizingTangent,
} from '../families/normalizing.js';
import type {Operator} from '../operator.js';
import type {NodeView} from '../node/view.js';
import {shapeOf} from '../node/shapes.js';

const groupCount = (view: NodeView): number =>
	numberAttribute(view.node, 'num_groups', 1);

const channelGroups = (view: NodeView) => {
	const [, channels, ...space] = shapeOf(view, 0);
	const positions = elementCount(space);
	return {
		size: (channels / groupCount(view)) * positions,
		parameter: (offset: number) => Math.trunc(offset / positions) % channels,
	};
};

/** Normalises groups of channels of each picture over space; scale and bias are one number per channel, as of opset 21. @see https://onnx.ai/onnx/operators/onnx__GroupNormalization.html */
export const GroupNormalization: Operator = {
	infer: (view) => [{type: 'float32', shape: shapeOf(view, 0)}],
	adjoint: normalizingRule(channelGroups),
	tangent: normalizingTangent(channelGroups),
	lower: {
		layout: 'onnx',
		apply(engine, view, [x, ...parameters]) {
			const shape = shapeOf(view, 0);
			const groups = engine.reshape(x!, [shape[0], groupCount(view), -1]);
			const {normalized} = normalize(engine, groups, [2], epsilonOf(view));
			const [scale, bias] = parameters.map((tensor) =>
				engine.reshape(
					tensor!,
					shape.map((size, axis) => (axis === 1 ? size : 1)),
				),
			);
			return engine.add(
				engine.mul(engine.reshape(normalized, [...shape]), scale),
				bias,
			);
		},
	},
};
