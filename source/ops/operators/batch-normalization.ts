import {elementCount} from '../../graph/tensor.js';
import type {Adjoint} from '../adjoint/adjoint.js';
import {scale} from '../adjoint/scale.js';
import {numberAttribute} from '../node/attributes.js';
import type {Operator} from '../operator.js';
import type {NodeView} from '../node/view.js';
import {shapeOf} from '../node/shapes.js';
import {constantWeights} from '../node/weights.js';
import type {ReverseContext} from '../rules/adjoint.js';
import {multilinear} from '../rules/tangent.js';

const epsilonOf = ({node}: NodeView): number =>
	numberAttribute(node, 'epsilon', 1e-5);

/** With fixed statistics the derivative is one factor per channel. */
const passBack = (
	context: ReverseContext,
	[adjoint]: ReadonlyArray<Adjoint | undefined>,
) => {
	const shape = shapeOf(context, 0);
	const gamma = constantWeights(context, 1);
	const variance = constantWeights(context, 4);
	const factors = gamma.map(
		(value, channel) =>
			value / Math.sqrt(variance[channel] + epsilonOf(context)),
	);
	const inner = elementCount(shape.slice(2));
	return [
		adjoint &&
			scale(
				adjoint,
				(offset) => factors[Math.trunc(offset / inner) % factors.length],
				true,
			),
	];
};

/** Batch normalisation in inference, with the statistics from training. @see https://onnx.ai/onnx/operators/onnx__BatchNormalization.html */
export const BatchNormalization: Operator = {
	infer: (view) => [{type: 'float32', shape: shapeOf(view, 0)}],
	adjoint: {dense: passBack, sparse: passBack},
	tangent: multilinear([0, 2, 3]),
	/** Changes are only scaled, so the node itself is used, with zeros for shift and mean. */
	cotangent: ({node, adjoints, wanted, write}) =>
		wanted(0) && !wanted(2) && !wanted(3)
			? write({...node, inputs: [adjoints[0]!, ...node.inputs.slice(1)]})
			: undefined,
	weights: [1, 2, 3, 4],
	lower: {
		apply(engine, view, [x, gamma, beta, mean, variance]) {
			const {length: rank} = shapeOf(view, 0);
			const alongChannels = (channels: typeof gamma) =>
				rank === 4
					? channels!
					: engine.reshape(channels!, [
							-1,
							...Array.from({length: rank - 2}, () => 1),
						]);
			const factor = engine.div(
				gamma!,
				engine.sqrt(engine.add(variance!, epsilonOf(view))),
			);
			const shift = engine.sub(beta!, engine.mul(mean!, factor));
			return engine.add(
				engine.mul(x!, alongChannels(factor)),
				alongChannels(shift),
			);
		},
	},
};
