import type * as tf from '@tensorflow/tfjs-core';
import {numbersOf, tensorOf} from '../../../graph/tensor.js';
import type {Adjoint} from '../../adjoint/adjoint.js';
import type {Needs, ReverseContext} from '../../rules/adjoint.js';
import {scale} from '../../adjoint/scale.js';
import type {Operator} from '../../operator.js';
import type {NodeView} from '../../node/view.js';
import {elementwise} from '../../rules/tangent.js';

/** A function of one number, its derivative, and the same function in TensorFlow.js. */
export type UnaryRule = {
	readonly value: (x: number) => number;
	readonly lower: (engine: typeof tf, x: tf.Tensor) => tf.Tensor;
	/** F′ from x, or the same everywhere. */
	readonly slope?: number | ((x: number) => number);
	/** Lets positive numbers through and holds negative ones back, as ReLU and its like. */
	readonly rectifies?: boolean;
	/** F′ from y = f(x), where that is possible: fetching x would keep runtimes from fusing this node with the one before. */
	readonly slopeOfOutput?: (y: number) => number;
};

/** An operator that maps every element by itself; attributes and constant inputs may parametrise it. */
export const unary = (
	rule: UnaryRule | ((view: NodeView) => UnaryRule),
): Operator => {
	const ruleOf = (view: NodeView) =>
		typeof rule === 'function' ? rule(view) : rule;
	const passBack = (
		context: ReverseContext,
		[adjoint]: ReadonlyArray<Adjoint | undefined>,
	) => [adjoint && scaleBySlope(ruleOf(context), context, adjoint)];

	return {
		infer: ({inputs}) => [{type: inputs[0]!.type, shape: inputs[0]!.shape}],
		evaluate: (view, [x]) => [
			tensorOf(
				x!.type,
				numbersOf(x!).map((number) => ruleOf(view).value(number)),
				x!.shape,
			),
		],
		adjoint: {
			rectifies: (view) => ruleOf(view).rectifies ?? false,
			needs: (view) => neededBy(ruleOf(view)),
			dense: passBack,
			sparse: passBack,
		},
		tangent: elementwise,
		lower: {
			apply: (engine, view, [x]) => ruleOf(view).lower(engine, x!),
		},
	};
};

const neededBy = ({slope}: UnaryRule): Needs => {
	if (typeof slope === 'number') {
		return {};
	}

	return slope ? {inputs: [0]} : {outputs: [0]};
};

const scaleBySlope = (
	{slope, slopeOfOutput}: UnaryRule,
	context: ReverseContext,
	adjoint: Adjoint,
): Adjoint => {
	if (typeof slope === 'number') {
		return scale(adjoint, () => slope, true, context.allocate);
	}

	const values = slope ? context.input(0) : context.output(0);
	const slopeAt = (slope ?? slopeOfOutput)!;
	return scale(
		adjoint,
		(offset) => slopeAt(values[offset]),
		false,
		context.allocate,
	);
};
