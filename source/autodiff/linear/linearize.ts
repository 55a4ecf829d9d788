import type {Graph} from '../../graph/graph.js';
import {elementCount} from '../../graph/tensor.js';
import {newArray} from '../../ops/adjoint/scratch.js';
import {densify, onesOf} from '../../ops/adjoint/dense.js';
import type {ReverseContext} from '../../ops/rules/adjoint.js';
import type {TangentContext} from '../../ops/rules/tangent.js';
import type {Kernels} from '../../ops/rules/kernels.js';
import {findOperator} from '../../ops/find-operator.js';
import {findPath, type Step} from '../path.js';
import {bindStep} from '../walk/bind-step.js';
import type {Values} from '../walk/walk.js';
import {createWriter} from './create-writer.js';

/**
The Jacobian–vector product of a layer's effect on some logits, written as a linear network around one image's forward values.

A walk asks which part of the layer one logit depends on, and answers for the whole layer (reverse mode). This asks what one change of the layer does, and answers for all pixels and classes (forward mode).
*/
export type LinearizedNetwork = {
	/** Reads a change of the layer and the held values, writes the change of the logits. */
	readonly graph: Graph;
	/** The name of its input, a change of the layer's shape. */
	readonly change: string;
	/** Its other inputs: forward values, and values derived from them such as slopes; none of it in shared memory. */
	readonly hold: (values: Values, kernels: Kernels) => Promise<Values>;
};

/** A value computed once per image from what a step's rule may read. */
type Made = {
	readonly step: Step;
	readonly make: Parameters<TangentContext['made']>[1];
};

/** The linear network of some steps, before any of its values is made an output. */
export type LinearizedSteps = Pick<LinearizedNetwork, 'hold'> & {
	readonly graph: Graph;
	/** By value of the original network, the name of its change. */
	readonly changes: ReadonlyMap<string, string>;
};

/**
Writes the linear network that carries changes from a layer to some logits.

@returns Undefined where a node on the way has no tangent rule.
@throws {ModelError} If the layer has no influence on the logits.
*/
export const linearize = (
	graph: Graph,
	layer: string,
	logits: string,
): LinearizedNetwork | undefined => {
	const steps = findPath(graph, logits, [layer]);
	const linear = linearizeSteps(graph, steps, [layer]);
	return (
		linear && {
			graph: {...linear.graph, outputs: [linear.changes.get(logits)!]},
			change: linear.changes.get(layer)!,
			hold: linear.hold,
		}
	);
};

/**
Writes the linear network that carries changes of some layers through a path.

@param steps The steps of the path, last first.
@returns Undefined where one of them has no tangent rule.
*/
export const linearizeSteps = (
	graph: Graph,
	steps: readonly Step[],
	layers: readonly string[],
): LinearizedSteps | undefined => {
	const writer = createWriter('change');
	const {declare, add, write} = writer;
	const held = new Set<string>();
	const mades = new Map<string, Made>();
	const changes = new Map<string, string>();
	const hold = (name: string): string => {
		const constant = graph.constants.get(name);
		if (constant) {
			return add(constant, name);
		}

		held.add(name);
		return declare(name, graph.values.get(name)!.shape);
	};

	const passed = new Set(steps.flatMap(({view}) => view.node.outputs));
	const moved = layers
		.filter((layer) => !passed.has(layer))
		.map((layer) => {
			const {shape} = graph.values.get(layer)!;
			const change = declare(`change of ${layer}`, shape);
			changes.set(layer, change);
			return change;
		});
	for (const step of steps.toReversed()) {
		const {view, wanted} = step;
		const {node} = view;
		const made: TangentContext['made'] = (shape, make) => {
			const name = `made ${mades.size}`;
			mades.set(name, {step, make});
			return declare(name, shape);
		};

		const written = findOperator(node.opType)!.tangent?.({
			...view,
			changes: node.inputs.map((name, index) =>
				wanted.has(index) ? changes.get(name) : undefined,
			),
			held: hold,
			made,
			slope: (index) =>
				made(view.outputs[0].shape, async (context) =>
					readSlope(step, context, index),
				),
			zeros: (shape) =>
				add(
					{
						type: 'float32',
						shape,
						data: new Float32Array(elementCount(shape)),
					},
					`zeros ${shape.join(' ')}`,
				),
			add,
			write,
		});
		if (!written) {
			return undefined;
		}

		for (const [index, name] of node.outputs.entries()) {
			changes.set(name, written[index]);
		}
	}

	const {nodes, constants, values} = writer;
	return {
		graph: {
			name: `${graph.name} linearized`,
			inputs: [...moved, ...held, ...mades.keys()].map((name) =>
				values.get(name)!,
			),
			outputs: [],
			nodes,
			constants,
			values,
		},
		changes,
		async hold(forward, kernels) {
			const result = new Map(
				[...held].map((name) => [name, ownMemory(forward.get(name)!)]),
			);
			for (const [name, {step, make}] of mades) {
				const {contextOf} = bindStep(graph, step, {values: forward, kernels});
				// eslint-disable-next-line no-await-in-loop -- All work is done on the same cores.
				result.set(name, await make(contextOf(newArray)));
			}

			return result;
		},
	};
};

/** Runtimes do not accept shared memory. */
const ownMemory = (data: Float32Array): Float32Array =>
	data.buffer instanceof ArrayBuffer ? data : new Float32Array(data);

/** The slope of an elementwise step is what a cotangent of ones becomes. */
const readSlope = async (
	{rule}: Step,
	context: ReverseContext,
	index: number,
): Promise<Float32Array> => {
	const [{shape}] = context.outputs;
	const passed = await rule.dense(context, [onesOf(shape)]);
	return densify(passed[index]!).data;
};
