import type {Shape} from '../../graph/tensor.js';
import type {NodeView} from '../node/view.js';
import type {ReverseContext} from './adjoint.js';
import {addAll, type NetworkWriter} from './network-writer.js';

/** What a tangent rule may read, and how it writes the nodes that compute changes; values go by name. */
export type TangentContext = NodeView &
	Pick<NetworkWriter, 'add' | 'write'> & {
		/** By input; undefined where it does not change. */
		readonly changes: ReadonlyArray<string | undefined>;
		/** A forward value that the node reads or writes, as an input of the linear network. */
		readonly held: (name: string) => string;
		/** The derivative of each output element with respect to the same element of input `index`. */
		readonly slope: (index: number) => string;
		/** An input of the linear network that is computed once per image, from what the node's adjoint rule may read. */
		readonly made: (
			shape: Shape,
			make: (context: ReverseContext) => Float32Array | Promise<Float32Array>,
		) => string;
		/** A constant of zeros. */
		readonly zeros: (shape: Shape) => string;
	};

/** How a node's outputs change with its inputs, to first order: the change of each output; undefined where that is not known. */
export type TangentRule = (
	context: TangentContext,
) => readonly string[] | undefined;

/** The sum of changes that reach a value along several paths. */
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

/** The rule of an operator that is linear in each group of inputs while the others are held: the sum over the groups of the node applied to their changes. */
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

/** The rule of an operator that is linear in its first input. */
export const linear: TangentRule = multilinear([0]);

/** The rule of an operator that is linear in all inputs jointly. */
export const linearInAll: TangentRule = (context) =>
	multilinear([...context.inputs.keys()])(context);

/** The rule of an elementwise operator: each change times its slope. Undefined where a changing input is broadcast. */
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
