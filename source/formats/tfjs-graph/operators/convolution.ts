import {ModelError} from '../../../errors.js';
import type {Node} from '../../../graph/graph.js';
import {
	numberAttribute,
	numbersAttribute,
	stringAttribute,
} from '../../../ops/node/attributes.js';
import {leakyRelu} from '../../channels-last/activations.js';
import {
	convolve,
	convolveDepthwise,
	convolveTransposed,
} from '../../channels-last/convolution.js';
import {elementwise} from '../../channels-last/elementwise.js';
import {pool} from '../../channels-last/pooling.js';
import {multiply, sumProducts} from '../../channels-last/products.js';
import type {Movement} from '../../channels-last/window.js';
import {fusedActivations} from './elementwise.js';
import type {GraphOperator, GraphOperators, GraphWriter} from './operator.js';
import {overPhases} from './phases.js';

/** The two numbers for height and width in a list by axis. */
const spatial = (node: Node, name: string): readonly number[] =>
	numbersAttribute(node, name)?.slice(1, 3) ?? [1, 1];

const movementOf = (node: Node): Movement => {
	const pads = numbersAttribute(node, 'explicit_paddings') ?? [];
	return {
		strides: spatial(node, 'strides'),
		dilations:
			node.attributes.dilations === undefined ||
			numbersAttribute(node, 'dilations')!.length === 0
				? [1, 1]
				: spatial(node, 'dilations'),
		padding:
			pads.length === 8
				? [
						[pads[2], pads[3]],
						[pads[4], pads[5]],
					]
				: stringAttribute(node, 'padding', 'VALID'),
	};
};

/** Writes what comes before the activation that is fused with it. */
type Linear = (
	writer: GraphWriter,
	output: string,
	node: Node,
	bias: string | undefined,
) => void;

/** An operator that may have a bias and an activation of its own: `fused_ops` names them, their inputs come after the first two. */
const fused =
	(linear: Linear): GraphOperator =>
	(writer, node) => {
		const {name, attributes, inputs, outputs} = node;
		const [output] = outputs;
		const operations = (
			Array.isArray(attributes.fused_ops) ? attributes.fused_ops : []
		).map(String);
		const hasBias = operations[0] === 'BiasAdd';
		const [activation, ...more] = hasBias ? operations.slice(1) : operations;
		const [bias, slope] = hasBias ? inputs.slice(2) : [undefined, inputs[2]];
		if (activation === undefined) {
			linear(writer, output, node, bias);
			return;
		}

		const before = `${output}:linear`;
		linear(writer, before, node, bias);
		const apply =
			activation === 'LeakyRelu'
				? leakyRelu(numberAttribute(node, 'leakyrelu_alpha', 0.2))
				: fusedActivations[activation];
		if (activation === 'Prelu' && slope !== undefined) {
			elementwise(writer, output, 'PRelu', [before, slope]);
		} else if (apply && more.length === 0) {
			apply(writer, output, before);
		} else {
			throw new ModelError(
				`Node ${name} (${node.opType}) is fused with ${operations.join(', ')}, which is not known; convert the model again without fusing`,
			);
		}
	};

const conv: Linear = (writer, output, node, bias) => {
	const [x, kernel] = node.inputs;
	const movement = overPhases(writer, x, movementOf(node));
	convolve(writer, output, {x, kernel, bias, ...movement});
};

const depthwise: Linear = (writer, output, node, bias) => {
	const [x, kernel] = node.inputs;
	const movement = overPhases(writer, x, movementOf(node));
	convolveDepthwise(writer, output, {x, kernel, bias, ...movement});
};

const matMul: Linear = (writer, output, node, bias) => {
	const [a, b] = node.inputs;
	const flag = (name: string) => numberAttribute(node, name, 0) === 1;
	multiply(writer, output, {
		a,
		b,
		bias,
		turnsA: flag('transpose_a') || flag('adj_x'),
		turnsB: flag('transpose_b') || flag('adj_y'),
	});
};

const transposed: GraphOperator = (writer, node) => {
	const [sizes, kernel, x] = node.inputs;
	const size = writer.numbers(sizes, `Node ${node.name}: the size`).slice(1, 3);
	convolveTransposed(
		writer,
		node.outputs[0],
		{x, kernel, ...movementOf(node)},
		size,
	);
};

const pooling =
	(opType: 'AveragePool' | 'MaxPool'): GraphOperator =>
	(writer, node) => {
		pool(writer, node.outputs[0], opType, {
			x: node.inputs[0],
			kernel: spatial(node, 'ksize'),
			...movementOf(node),
		});
	};

/** Operators that move a window or multiply matrices. */
export const convolutionOperators: GraphOperators = {
	AvgPool: pooling('AveragePool'),
	BatchMatMul: fused(matMul),
	BatchMatMulV2: fused(matMul),
	Conv2D: fused(conv),
	Conv2DBackpropInput: transposed,
	DepthwiseConv2d: fused(depthwise),
	DepthwiseConv2dNative: fused(depthwise),
	Einsum(writer, node) {
		const equation = stringAttribute(node, 'equation', '');
		sumProducts(writer, node.outputs[0], node.inputs, equation);
	},
	FusedDepthwiseConv2dNative: fused(depthwise),
	MatMul: fused(matMul),
	MaxPool: pooling('MaxPool'),
	_FusedConv2D: fused(conv),
	_FusedMatMul: fused(matMul),
};
