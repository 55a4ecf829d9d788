import type {Graph, Node} from '../../graph/graph.js';
import {prune} from '../../graph/prune.js';
import {producersOf} from '../../graph/sort-nodes.js';
import {numbersOf, type Tensor} from '../../graph/tensor.js';
import {numberAttribute} from '../../ops/node/attributes.js';

/** A scale and shift of each channel of `input`; without a scale, only a shift. */
type Affine = {
	readonly input: string;
	readonly scale?: Float32Array;
	readonly shift: Float32Array;
};

type Constants = Graph['constants'];

const normalising = (node: Node, constants: Constants): Affine | undefined => {
	const [input, ...names] = node.inputs;
	const tensors = names.map((name) => constants.get(name)?.data);
	if (!tensors.every((data) => data instanceof Float32Array)) {
		return undefined;
	}

	const [gamma, beta, mean, variance] = tensors;
	const epsilon = numberAttribute(node, 'epsilon', 1e-5);
	const scale = gamma.map(
		(value, channel) => value / Math.sqrt(variance[channel] + epsilon),
	);
	const shift = beta.map(
		(value, channel) => value - mean[channel] * scale[channel],
	);
	return {input, scale, shift};
};

/** An Add of one number for each channel `[C, 1, 1]`, on either side. */
const adding = (
	{inputs, outputs}: Node,
	constants: Constants,
	values: Graph['values'],
): Affine | undefined => {
	const input = inputs.find((name) => !constants.has(name));
	const constant = constants.get(inputs.find((name) => name !== input) ?? '');
	const {shape} = values.get(outputs[0])!;
	const aligned = [
		...shape.slice(constant?.shape.length ?? 0).map(() => 1),
		...(constant?.shape ?? []),
	];
	const isPerChannel =
		aligned.length === shape.length &&
		aligned.every((size, axis) => size === (axis === 1 ? shape[1] : 1));
	return input && constant?.type === 'float32' && isPerChannel
		? {input, shift: Float32Array.from(numbersOf(constant))}
		: undefined;
};

/** A node as a constant scale and shift of each channel; undefined where it does anything else. */
const affineOf = (
	node: Node,
	{constants, values}: Pick<Graph, 'constants' | 'values'>,
): Affine | undefined => {
	if (node.opType === 'BatchNormalization') {
		return normalising(node, constants);
	}

	return node.opType === 'Add' ? adding(node, constants, values) : undefined;
};

const countReaders = ({nodes}: Graph) => {
	const readers = new Map<string, number>();
	for (const name of nodes.flatMap(({inputs}) => inputs)) {
		readers.set(name, (readers.get(name) ?? 0) + 1);
	}

	return readers;
};

/** Folds a BatchNormalization or the Add of a bias into the Conv before it, if nothing else reads its output. The folded Conv writes the last folded node's value. */
export const foldIntoConvolutions = (graph: Graph): Graph => {
	const producers = new Map(producersOf(graph.nodes));
	const readers = countReaders(graph);
	const constants = new Map(graph.constants);
	const values = new Map(graph.values);
	const add = (name: string, tensor: Tensor) => {
		constants.set(name, tensor);
		values.set(name, {name, type: tensor.type, shape: tensor.shape});
		return name;
	};

	/** The Conv with constant weights that writes a value with a single reader. */
	const convolutionOf = (name: string) => {
		const conv = producers.get(name);
		return conv?.opType === 'Conv' &&
			readers.get(name) === 1 &&
			!graph.outputs.includes(name) &&
			conv.inputs
				.slice(1)
				.every((input) => input === '' || constants.has(input))
			? conv
			: undefined;
	};

	const nodes = graph.nodes.map((node) => {
		const affine = affineOf(node, graph);
		const conv = affine && convolutionOf(affine.input);
		if (!conv) {
			return node;
		}

		const {scale, shift} = affine;
		const [x, weightName, biasName] = conv.inputs;
		const weight = constants.get(weightName)!;
		const bias = biasName ? constants.get(biasName)!.data : undefined;
		const perChannel = weight.data.length / shift.length;
		const [output] = node.outputs;
		const folded = {
			...conv,
			inputs: [
				x,
				scale
					? add(`${output}:weight`, {
							...weight,
							data: Float32Array.from<number | bigint>(
								weight.data,
								(value, index) =>
									Number(value) * scale[Math.floor(index / perChannel)],
							),
						})
					: weightName,
				add(`${output}:bias`, {
					type: 'float32',
					shape: [shift.length],
					data: shift.map(
						(value, channel) =>
							value + Number(bias?.[channel] ?? 0) * (scale?.[channel] ?? 1),
					),
				}),
			],
			outputs: node.outputs,
		};
		producers.set(output, folded);
		return folded;
	});
	return prune({...graph, nodes, constants, values});
};
