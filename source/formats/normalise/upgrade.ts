import {ModelError} from '../../errors.js';
import type {Attribute, Node} from '../../graph/graph.js';
import {numbersOf, tensorOf, type Tensor} from '../../graph/tensor.js';
import {numbersAttribute} from '../../ops/attributes.js';
import type {Sequence} from '../sequence.js';
import type {Draft} from './draft.js';

/** A node of an older or newer opset, and what the upgrade may ask. */
export type Context = {
	/** The opset that the node is written in. */
	readonly opset: number;
	readonly draft: Draft;
};

/** Writes a node of any opset from 7 to 25 as opset 17 has it, with as many nodes as it takes. */
export type Upgrade = (node: Node, context: Context) => readonly Node[];

/** The attributes of a node without some of them. */
export const without = (
	{attributes}: Node,
	...names: string[]
): Record<string, Attribute> =>
	Object.fromEntries(
		Object.entries(attributes).filter(([name]) => !names.includes(name)),
	);

/** Gives a node constants of its own as inputs, from the second on; those that are undefined stay as they are. */
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

/** A list as the int64 tensor that an input is; undefined stays so. */
export const integers = (numbers: readonly number[] | undefined) =>
	numbers && tensorOf('int64', numbers);

/** What input `index` holds; undefined where it is left out. @throws {ModelError} Where the network computes it. */
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

/** What a node becomes that is written in several others. */
export const written = (
	{nodes, constants}: Sequence,
	{draft}: Context,
): readonly Node[] => {
	for (const [name, tensor] of constants) {
		draft.addConstant(name, tensor);
	}

	return nodes;
};

/** A node that only hands on its first input, as Dropout does in inference. */
export const identity: Upgrade = (node) => [
	{
		...node,
		opType: 'Identity',
		inputs: node.inputs.slice(0, 1),
		outputs: node.outputs.slice(0, 1),
		attributes: {},
	},
];
