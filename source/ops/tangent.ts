import type {Shape} from '../graph/tensor.js';
import type {ReverseContext} from './adjoint/rule.js';
import {addAll, type NetworkWriter} from './network-writer.js';
import type {NodeView} from './operator.js';

/** What a rule may know, and write: nodes of the network that computes changes, with values by name. */
export type TangentContext = NodeView &
	Pick<NetworkWriter, 'add' | 'write'> & {
		/** By input, its change; undefined where it stays. */
		readonly changes: ReadonlyArray<string | undefined>;
		/** A value that the node itself reads or writes, as the forward pass left it. */
		readonly held: (name: string) => string;
		/** The derivative of each element of the output with respect to the same element of an input. */
		readonly slope: (index: number) => string;
		/** Numbers made once an image of what the node's adjoint rule may read. */
		readonly made: (
			shape: Shape,
			make: (context: ReverseContext) => Float32Array | Promise<Float32Array>,
		) => string;
		/** Zeros of a shape. */
		readonly zeros: (shape: Shape) => string;
	};

/** How the outputs of a node change with its inputs, to first order: the change of each output; undefined where that is not known. */
export type TangentRule = (
	context: TangentContext,
) => readonly string[] | undefined;

/** The sum of changes that reach one value on several ways. */
const sum = (
	context: TangentContext,
	ways: ReadonlyArray<readonly string[]>,
): readonly string[] =>
	ways[0].map((_, index) =>
		addAll(
			context,
			ways.map((outputs) => outputs[index]),
		),
	);

/** The rule of what is linear in some inputs together while the others stay, and in several such groups each by itself: the node itself on the changes of each group. */
export const multilinear =
	(...groups: ReadonlyArray<readonly number[]>): TangentRule =>
	(context) => {
		const {node, inputs, changes, held, zeros, write} = context;
		const changing = [...changes.keys()].filter(
			(index) => changes[index] !== undefined,
		);
		if (!changing.every((index) => groups.flat().includes(index))) {
			return undefined;
		}

		const moving = groups.filter((group) =>
			group.some((index) => changing.includes(index)),
		);
		return sum(
			context,
			moving.map((group) =>
				write({
					...node,
					inputs: inputs.map((value, index) => {
						if (!value) {
							return '';
						}

						return group.includes(index)
							? (changes[index] ?? zeros(value.shape))
							: held(value.name);
					}),
				}),
			),
		);
	};

/** The rule of what is linear in its first input. */
export const linear: TangentRule = multilinear([0]);

/** The rule of what is linear in all its inputs together. */
export const linearInAll: TangentRule = (context) =>
	multilinear([...context.inputs.keys()])(context);

/** The rule of what makes each element from the same element of its inputs: each change times the slope. Unknown where an input that changes is broadcast. */
export const elementwise: TangentRule = (context) => {
	const {inputs, outputs, changes, slope, write} = context;
	const size = String(outputs[0].shape);
	const products: Array<readonly string[]> = [];
	for (const [index, change] of changes.entries()) {
		if (change === undefined) {
			continue;
		}

		if (String(inputs[index]!.shape) !== size) {
			return undefined;
		}

		products.push(write({opType: 'Mul', inputs: [change, slope(index)]}));
	}

	return sum(context, products);
};
