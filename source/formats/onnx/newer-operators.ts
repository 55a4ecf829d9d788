import type {Node} from '../../graph/graph.js';
import {tensorOf, type Shape, type Tensor} from '../../graph/tensor.js';
import {sequence, type Sequence} from '../sequence.js';

/** Writes an operator in terms of others, for opset 17; import may have named values after the one it writes. */
const rewrite = (node: Node) => sequence(node, `${node.outputs[0]}:written`);

const gelu = (node: Node): Sequence => {
	const to = rewrite(node);
	const [x] = node.inputs;
	const half = to.apply('Mul', [x, to.number(0.5)]);
	const inner = () => {
		if (node.attributes.approximate !== 'tanh') {
			return to.apply('Erf', [to.apply('Mul', [x, to.number(Math.SQRT1_2)])]);
		}

		const cube = to.apply('Pow', [x, to.number(3)]);
		const sum = to.apply('Add', [
			x,
			to.apply('Mul', [cube, to.number(0.044_715)]),
		]);
		return to.apply('Tanh', [
			to.apply('Mul', [sum, to.number(Math.sqrt(2 / Math.PI))]),
		]);
	};

	const gate = to.apply('Add', [inner(), to.number(1)]);
	to.apply('Mul', [half, gate], {}, to.result);
	return to;
};

const mish = (node: Node): Sequence => {
	const to = rewrite(node);
	const [x] = node.inputs;
	const gate = to.apply('Tanh', [to.apply('Softplus', [x])]);
	to.apply('Mul', [x, gate], {}, to.result);
	return to;
};

/** As instance normalisation, which ONNX has long had; scale and bias follow separately. */
const groupNormalization = (
	node: Node,
	shapeOf: (name: string) => Shape,
): Sequence => {
	const to = rewrite(node);
	const [x, scale, bias] = node.inputs;
	const shape = shapeOf(x);
	const groups = Number(node.attributes.num_groups);
	const grouped = to.apply('Reshape', [x, to.integers([shape[0], groups, -1])]);
	const unit = (value: number) =>
		to.constant(
			tensorOf(
				'float32',
				Array.from({length: groups}, () => value),
			),
		);
	const normal = to.apply(
		'InstanceNormalization',
		[grouped, unit(1), unit(0)],
		{epsilon: node.attributes.epsilon ?? 1e-5},
	);
	const restored = to.apply('Reshape', [normal, to.integers(shape)]);
	const spread = (name: string) =>
		to.apply('Reshape', [
			name,
			to.integers([-1, ...shape.slice(2).map(() => 1)]),
		]);

	to.apply(
		'Add',
		[to.apply('Mul', [restored, spread(scale)]), spread(bias)],
		{},
		to.result,
	);
	return to;
};

const relu6 = (node: Node): Sequence => {
	const to = rewrite(node);
	const bounds = [to.number(0), to.number(6)];
	to.apply('Clip', [node.inputs[0], ...bounds], {}, to.result);
	return to;
};

/** Operators of a Graph that opset 17 lacks, and how to write them there. */
const expansions: Readonly<
	Record<string, (node: Node, shapeOf: (name: string) => Shape) => Sequence>
> = {
	Gelu: gelu,
	GroupNormalization: groupNormalization,
	Mish: mish,
	Relu6: relu6,
};

/** Rewrites a graph's newer nodes in opset 17. */
export const expandNewerOperators = (
	nodes: readonly Node[],
	constants: ReadonlyMap<string, Tensor>,
	shapeOf: (name: string) => Shape,
): Sequence => {
	const parts = nodes.map(
		(node): Sequence =>
			expansions[node.opType]?.(node, shapeOf) ?? {
				nodes: [node],
				constants: new Map(),
			},
	);
	return {
		nodes: parts.flatMap((part) => part.nodes),
		constants: new Map([
			...constants,
			...parts.flatMap((part) => [...part.constants]),
		]),
	};
};
