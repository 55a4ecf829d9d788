import {ModelError} from '../../../errors.js';
import type {Attribute, Node} from '../../../graph/graph.js';
import {numbersOf, tensorOf, type Tensor} from '../../../graph/tensor.js';
import {numbersAttribute} from '../../../ops/node/attributes.js';
import type {Sequence} from '../../sequence.js';
import type {Draft} from '../draft.js';

/** A node of another opset, and what its upgrade may ask. */
export type Context = {
	/** The node's opset. */
	readonly opset: number;
	readonly draft: Draft;
};

/** Rewrites a node of any opset from 7 to 25 in opset 17, as one or more nodes. */
export type Upgrade = (node: Node, context: Context) => readonly Node[];

/** A node's attributes without some of them. */
export const without = (
	{attributes}: Node,
	...names: string[]
): Record<string, Attribute> =>
	Object.fromEntries(
		Object.entries(attributes).filter(([name]) => !names.includes(name)),
	);

/** Appends constant inputs to a node, from the second on; undefined ones stay as they are. */
export const setInputs = (
	node: Node,
	tensors: ReadonlyArray<Tensor | undefined>,
	{draft}: Context,
): Node => {
	const inputs = [...node.inputs];
	for (const [at, tensor] of tensors.entries()) {
		const index = at + 1;
		inputs[index] = tensor
			? draft.addConstant(`${node.outputs[0]}:input${index}`, tensor)
			: (inputs[index] ?? '');
	}

	return {...node, inputs};
};

/** A list as an int64 tensor; undefined stays undefined. */
export const integers = (numbers: readonly number[] | undefined) =>
	numbers && tensorOf('int64', numbers);

/** The constant value of input `index`; undefined where it is left out. @throws {ModelError} If the network computes it. */
export const constantIntegers = (
	node: Node,
	index: number,
	{draft}: Context,
): number[] | undefined => {
	const name = node.inputs[index];
	if (!name) {
		return undefined;
	}

	const tensor = draft.constant(name);
	if (!tensor) {
		throw new ModelError(
			`Node ${node.name}: input ${index} of ${node.opType} (${name}) is computed while the network runs; export the model with a fixed input size`,
		);
	}

	return numbersOf(tensor);
};

/** A list of integers that newer opsets take as the second input. */
export const attributeToInput =
	(attribute: string, until: number): Upgrade =>
	(node, context) =>
		context.opset >= until || node.attributes[attribute] === undefined
			? [node]
			: [
					setInputs(
						{...node, attributes: without(node, attribute)},
						[integers(numbersAttribute(node, attribute))],
						context,
					),
				];

/** The replacement of a node by several others. */
export const written = (
	{nodes, constants}: Sequence,
	{draft}: Context,
): readonly Node[] => {
	for (const [name, tensor] of constants) {
		draft.addConstant(name, tensor);
	}

	return nodes;
};

/** A node that merely passes on its first input, as Dropout does in inference. */
export const identity: Upgrade = (node) => [
	{
		...node,
		opType: 'Identity',
		inputs: node.inputs.slice(0, 1),
		outputs: node.outputs.slice(0, 1),
		attributes: {},
	},
];
