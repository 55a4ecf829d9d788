import type {Graph, Node, Value} from '../graph/graph.js';
import {elementCount, type Shape, type Tensor} from '../graph/tensor.js';
import {newArray} from '../ops/adjoint/borrow.js';
import {densify} from '../ops/adjoint/dense.js';
import type {Kernels} from '../ops/kernels.js';
import {findOperator} from '../ops/table.js';
import type {TangentContext} from '../ops/tangent.js';
import {viewOf} from '../ops/view.js';
import {findPath, type Step} from './path.js';
import {bindStep} from './steps.js';
import type {Values} from './walk.js';

/**
How some logits change with a layer, to first order: a linear network of its own, around what one image left behind.

A walk asks what one logit hangs on, and answers for the whole layer (reverse mode). This asks what one change of the layer does, and answers for all pixels and classes (forward mode).
*/
export type LinearizedNetwork = {
	/** Reads a change and what is held, writes the change of the logits. */
	readonly graph: Graph;
	/** The name of the change that it reads, of the layer's shape. */
	readonly change: string;
	/** What it reads besides: forward values, and slopes made of them. */
	readonly hold: (values: Values, kernels: Kernels) => Promise<Values>;
};

/** The derivative of each element of what a step writes with respect to the same element of one input. */
type Slope = {readonly step: Step; readonly index: number};

/**
Writes the network that changes pass from a layer to some logits.

@returns Undefined where a node in between has no such rule.
@throws {ModelError} where the layer has no influence on the logits.
*/
export const linearize = (
	graph: Graph,
	layer: string,
	logits: string,
): LinearizedNetwork | undefined => {
	const nodes: Node[] = [];
	const values = new Map<string, Value>();
	const constants = new Map<string, Tensor>();
	const held = new Set<string>();
	const slopes = new Map<string, Slope>();
	const changes = new Map<string, string>();

	const declare = (name: string, shape: Shape): string => {
		values.set(name, {name, type: 'float32', shape});
		return name;
	};

	const add = (name: string, tensor: Tensor): string => {
		constants.set(name, tensor);
		values.set(name, {name, type: tensor.type, shape: tensor.shape});
		return name;
	};

	const hold = (name: string): string => {
		const constant = graph.constants.get(name);
		if (constant) {
			return add(name, constant);
		}

		held.add(name);
		return declare(name, graph.values.get(name)!.shape);
	};

	const write: TangentContext['write'] = ({
		attributes = {},
		outputs: written = [],
		...node
	}) => {
		const name = `change ${nodes.length}`;
		const draft: Node = {...node, name, attributes, outputs: written};
		const shapes = findOperator(node.opType)!
			.infer(viewOf({values, constants}, draft))
			.map(({shape}) => shape);
		const outputs = shapes.map((shape, at) => declare(`${name} ${at}`, shape));
		nodes.push({...draft, outputs});
		return outputs;
	};

	const change = declare('change', graph.values.get(layer)!.shape);
	changes.set(layer, change);
	for (const step of findPath(graph, logits, [layer]).toReversed()) {
		const {view, wanted} = step;
		const {node} = view;
		const passed = findOperator(node.opType)!.tangent?.({
			...view,
			changes: node.inputs.map((name, index) =>
				wanted.has(index) ? changes.get(name) : undefined,
			),
			held: hold,
			slope(index) {
				const name = `slope ${nodes.length} ${index}`;
				slopes.set(name, {step, index});
				return declare(name, view.outputs[0].shape);
			},
			add: (tensor) => add(`constant ${constants.size}`, tensor),
			zeros: (shape) =>
				add(`zeros ${shape.join(' ')}`, {
					type: 'float32',
					shape,
					data: new Float32Array(elementCount(shape)),
				}),
			write,
		});
		if (!passed) {
			return undefined;
		}

		for (const [index, name] of node.outputs.entries()) {
			changes.set(name, passed[index]);
		}
	}

	return {
		graph: {
			name: `${graph.name} linearized`,
			inputs: [change, ...held, ...slopes.keys()].map((name) =>
				values.get(name)!,
			),
			outputs: [changes.get(logits)!],
			nodes,
			constants,
			values,
		},
		change,
		async hold(forward, kernels) {
			const result = new Map(
				[...held].map((name) => [name, forward.get(name)!]),
			);
			for (const [name, slope] of slopes) {
				result.set(
					name,
					// eslint-disable-next-line no-await-in-loop -- All work is done on the same cores.
					await readSlope(graph, slope, {values: forward, kernels}),
				);
			}

			return result;
		},
	};
};

/** What passes an elementwise step backwards from ones is its slope. */
const readSlope = async (
	graph: Graph,
	{step, index}: Slope,
	forward: Parameters<typeof bindStep>[2],
): Promise<Float32Array> => {
	const {shape} = step.view.outputs[0];
	const {rule, contextOf} = bindStep(graph, step, forward);
	const data = new Float32Array(elementCount(shape)).fill(1);
	const passed = await rule.dense(contextOf(newArray), [
		{kind: 'dense', seeds: 1, shape, data},
	]);
	return densify(passed[index]!).data;
};
