import type {Graph} from '../graph/graph.js';
import {type Shape, tensorOf} from '../graph/tensor.js';
import {hasChannels, positionCount} from '../ops/adjoint/extent.js';
import type {NetworkWriter} from '../ops/network-writer.js';
import {createWriter} from './create-writer.js';
import {type LinearizedNetwork, linearizeSteps} from './linearize.js';
import type {Step} from './path.js';
import {transpose} from './transpose.js';

/** The rest of a path, as one network. */
export type Tail = Pick<LinearizedNetwork, 'graph' | 'hold'> & {
	readonly key: string;
	/** By value, the name of the input that its adjoint is fed to. */
	readonly fed: ReadonlyMap<string, string>;
	readonly answers: readonly Answer[];
};

/** The adjoint of a layer. */
export type Answer = {
	readonly layer: string;
	readonly adjoint: string;
	/** `[1, channels]`: its sum over space, where it has one. */
	readonly sums?: string;
};

/**
Writes the network that takes the adjoints of some values to the adjoints of some layers.

@param steps All steps between them, last first.
@returns Undefined where a step has no tangent or cotangent rule.
*/
export const makeTail = (
	graph: Graph,
	{
		key,
		steps,
		from,
		layers,
	}: {
		readonly key: string;
		readonly steps: readonly Step[];
		readonly from: readonly string[];
		readonly layers: readonly string[];
	},
): Tail | undefined => {
	const linear = linearizeSteps(graph, steps, layers);
	if (!linear) {
		return undefined;
	}

	const changeOf = (name: string) => linear.changes.get(name)!;
	const turned = transpose(
		linear.graph,
		from.map((name) => changeOf(name)),
		layers.map((layer) => changeOf(layer)),
	);
	if (!turned) {
		return undefined;
	}

	const {graph: network, fed, answers} = turned;
	const writer = createWriter('sum', network);
	const reached = layers.flatMap((layer): Answer[] => {
		const adjoint = answers.get(changeOf(layer));
		if (adjoint === undefined) {
			return [];
		}

		const {shape} = graph.values.get(layer)!;
		const isSpread = hasChannels(shape) && positionCount(shape) > 1;
		const sums = isSpread ? sumOverSpace(writer, adjoint, shape) : undefined;
		return [{layer, adjoint, sums}];
	});
	return {
		key,
		graph: {
			...network,
			outputs: reached.flatMap(({adjoint, sums}) =>
				sums === undefined ? [adjoint] : [adjoint, sums],
			),
			nodes: [...network.nodes, ...writer.nodes],
			constants: writer.constants,
			values: writer.values,
		},
		fed: new Map(from.map((name) => [name, fed.get(changeOf(name))!])),
		answers: reached,
		hold: linear.hold,
	};
};

/** Axis by axis, because single precision would round one long sum. */
const sumOverSpace = (
	{add, write}: NetworkWriter,
	adjoint: string,
	shape: Shape,
): string => {
	let sums = adjoint;
	for (let axis = shape.length - 1; axis > 1; axis--) {
		[sums] = write({
			opType: 'ReduceSum',
			inputs: [sums, add(tensorOf('int64', [axis]))],
			attributes: {keepdims: 0},
		});
	}

	return sums;
};

/** Whether a step can be part of such a network. */
export const isPassed = (graph: Graph, step: Step): boolean => {
	const {inputs, outputs} = step.view.node;
	const layers = [...step.wanted].map((index) => inputs[index]);
	return (
		makeTail(graph, {key: '', steps: [step], from: outputs, layers}) !==
		undefined
	);
};
