import type {Graph} from '../../graph/graph.js';
import {prune} from '../../graph/prune.js';
import {hasChannels, positionCount} from '../../ops/adjoint/extent.js';
import {reshapeTo} from '../../ops/rules/cotangent.js';
import type {Step} from '../path.js';
import {createWriter} from './create-writer.js';
import {type LinearizedNetwork, linearizeSteps} from './linearize.js';
import {createSums} from './sum-over-space.js';
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
	/** The adjoint, or `[1, channels]`: its sum over space. */
	readonly value: string;
	readonly isSummed: boolean;
};

/**
Writes the network that takes the adjoints of some values to the adjoints of some layers.

@param steps All steps between them, last first.
@param sums Whether sums over space are wanted instead, where there are such.
@returns Undefined where a step has no tangent or cotangent rule.
*/
export const makeTail = (
	graph: Graph,
	{
		key,
		steps,
		from,
		layers,
		sums,
	}: {
		readonly key: string;
		readonly steps: readonly Step[];
		readonly from: readonly string[];
		readonly layers: readonly string[];
		readonly sums?: boolean;
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
	const sumOf = createSums(network, writer);
	const reached = layers.flatMap((layer): Answer[] => {
		const adjoint = answers.get(changeOf(layer));
		if (adjoint === undefined) {
			return [];
		}

		const {shape} = graph.values.get(layer)!;
		const isSummed = sums && hasChannels(shape) && positionCount(shape) > 1;
		return isSummed
			? [
					{
						layer,
						value: reshapeTo(writer, sumOf(adjoint), shape.slice(0, 2)),
						isSummed,
					},
				]
			: [{layer, value: adjoint, isSummed: false}];
	});
	return {
		key,
		graph: prune({
			...network,
			outputs: reached.map(({value}) => value),
			nodes: [...network.nodes, ...writer.nodes],
			constants: writer.constants,
			values: writer.values,
		}),
		fed: new Map(from.map((name) => [name, fed.get(changeOf(name))!])),
		answers: reached,
		hold: linear.hold,
	};
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
