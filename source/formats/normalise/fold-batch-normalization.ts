import type {Graph, Node} from '../../graph/graph.js';
import {prune} from '../../graph/prune.js';
import {producersOf} from '../../graph/sort-nodes.js';
import type {Tensor} from '../../graph/tensor.js';
import {numberAttribute} from '../../ops/attributes.js';

/** Scale and shift of each channel that a BatchNormalization comes down to; undefined where the network computes them. */
const affineOf = (node: Node, constants: Graph['constants']) => {
	const tensors = node.inputs.slice(1).map((name) => constants.get(name)?.data);
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
	return {scale, shift};
};

/** The Conv that alone feeds a BatchNormalization, if its weights are constant. */
const foldableConv = (
	node: Node,
	graph: Graph,
	producers: ReadonlyMap<string, Node>,
	readers: ReadonlyMap<string, number>,
) => {
	const [input] = node.inputs;
	const conv = producers.get(input);
	return conv?.opType === 'Conv' &&
		readers.get(input) === 1 &&
		!graph.outputs.includes(input) &&
		conv.inputs
			.slice(1)
			.every((name) => name === '' || graph.constants.has(name))
		? conv
		: undefined;
};

const countReaders = ({nodes}: Graph) => {
	const readers = new Map<string, number>();
	for (const name of nodes.flatMap(({inputs}) => inputs)) {
		readers.set(name, (readers.get(name) ?? 0) + 1);
	}

	return readers;
};

/** Puts each BatchNormalization that alone follows a Conv into the Conv's weights. The folded Conv writes the value that the BatchNormalization wrote. */
export const foldBatchNormalization = (graph: Graph): Graph => {
	const producers = producersOf(graph.nodes);
	const readers = countReaders(graph);
	const constants = new Map(graph.constants);
	const values = new Map(graph.values);
	const add = (name: string, tensor: Tensor) => {
		constants.set(name, tensor);
		values.set(name, {name, type: tensor.type, shape: tensor.shape});
		return name;
	};

	const nodes = graph.nodes.map((node) => {
		const conv =
			node.opType === 'BatchNormalization'
				? foldableConv(node, graph, producers, readers)
				: undefined;
		const affine = conv && affineOf(node, graph.constants);
		if (!conv || !affine) {
			return node;
		}

		const {scale, shift} = affine;
		const [x, weightName, biasName] = conv.inputs;
		const weight = graph.constants.get(weightName)!;
		const bias = biasName ? graph.constants.get(biasName)!.data : undefined;
		const perChannel = weight.data.length / scale.length;
		const [output] = node.outputs;
		return {
			...conv,
			inputs: [
				x,
				add(`${output}:weight`, {
					...weight,
					data: Float32Array.from<number | bigint>(
						weight.data,
						(value, index) =>
							Number(value) * scale[Math.floor(index / perChannel)],
					),
				}),
				add(`${output}:bias`, {
					type: 'float32',
					shape: [scale.length],
					data: shift.map(
						(value, channel) =>
							value + Number(bias?.[channel] ?? 0) * scale[channel],
					),
				}),
			],
			outputs: node.outputs,
		};
	});
	return prune({...graph, nodes, constants, values});
};
