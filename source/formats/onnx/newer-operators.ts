import type {Node} from '../../graph/graph.js';
import {tensorOf, type Shape, type Tensor} from '../../graph/tensor.js';

/** A node in the words of opset 17, with the constants that takes. */
type Expansion = {
	readonly nodes: readonly Node[];
	readonly constants: ReadonlyMap<string, Tensor>;
};

/** Writes down nodes one after the other; each is named after the value it writes. */
const sequence = (original: Node) => {
	const [result] = original.outputs;
	const nodes: Node[] = [];
	const constants = new Map<string, Tensor>();
	const name = () => `${result}:${nodes.length + constants.size}`;
	return {
		nodes,
		constants,
		constant(tensor: Tensor) {
			const constant = name();
			constants.set(constant, tensor);
			return constant;
		},
		number(value: number) {
			return this.constant(tensorOf('float32', [value], []));
		},
		/** Adds a node and answers the name of what it writes. */
		apply(
			opType: string,
			inputs: readonly string[],
			attributes: Node['attributes'] = {},
			output = name(),
		) {
			nodes.push({name: output, opType, inputs, outputs: [output], attributes});
			return output;
		},
		result,
	};
};

const gelu = (node: Node): Expansion => {
	const to = sequence(node);
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

const mish = (node: Node): Expansion => {
	const to = sequence(node);
	const [x] = node.inputs;
	const gate = to.apply('Tanh', [to.apply('Softplus', [x])]);
	to.apply('Mul', [x, gate], {}, to.result);
	return to;
};

/** Groups become instances of a normalisation that ONNX has had for long; scale and bias follow by themselves. */
const groupNormalization = (
	node: Node,
	shapeOf: (name: string) => Shape,
): Expansion => {
	const to = sequence(node);
	const [x, scale, bias] = node.inputs;
	const shape = shapeOf(x);
	const groups = Number(node.attributes.num_groups);
	const grouped = to.apply('Reshape', [
		x,
		to.constant(tensorOf('int64', [shape[0], groups, -1])),
	]);
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
	const restored = to.apply('Reshape', [
		normal,
		to.constant(tensorOf('int64', shape)),
	]);
	const spread = (name: string) =>
		to.apply('Reshape', [
			name,
			to.constant(tensorOf('int64', [-1, ...shape.slice(2).map(() => 1)])),
		]);

	to.apply(
		'Add',
		[to.apply('Mul', [restored, spread(scale)]), spread(bias)],
		{},
		to.result,
	);
	return to;
};

/** Operators that a Graph has and opset 17 has not, and how they are written there. */
const expansions: Readonly<
	Record<string, (node: Node, shapeOf: (name: string) => Shape) => Expansion>
> = {Gelu: gelu, GroupNormalization: groupNormalization, Mish: mish};

/** Writes the nodes of a graph that came later than opset 17 in its words. */
export const expandNewerOperators = (
	nodes: readonly Node[],
	constants: ReadonlyMap<string, Tensor>,
	shapeOf: (name: string) => Shape,
): Expansion => {
	const parts = nodes.map(
		(node): Expansion =>
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
