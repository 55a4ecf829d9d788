import fc from 'fast-check';
import type {Attribute, Graph, Value} from '../../../source/graph/graph.js';
import {
	type DataType,
	elementCount,
	type Shape,
	type Tensor,
	tensorOf,
} from '../../../source/graph/tensor.js';
import {type NodeView, viewOf} from '../../../source/ops/node/view.js';
import {findOperator} from '../../../source/ops/find-operator.js';
import {randomNumbers} from '../../graph/build.js';

/** Which numbers an input holds. Derivatives are measured by moving them by less than `margin`, so they keep away from kinks. */
export type Domain = {
	/** The numbers are scaled to lie between −range and range. */
	readonly range?: number;
	/** Where the operator has no derivative. */
	readonly kinks?: readonly number[];
	/** No two elements of all inputs are close to each other, as a maximum needs. */
	readonly isDistinct?: true;
	/** Above 0, as roots and logarithms need. */
	readonly isPositive?: true;
};

/** How far numbers stay from kinks, and from each other where they are distinct. */
export const margin = 0.1;

/** How many inputs of one case may be distinct. */
const inputsAtMost = 3;

/** An input: numbers of a domain, or a tensor that is known beforehand. */
export type CaseInput =
	| {readonly shape: Shape; readonly domain?: Domain; readonly isFixed?: true}
	| Tensor
	| undefined;

/** One operator with attributes and inputs. */
export type OperatorCase = {
	readonly opType: string;
	readonly attributes?: Readonly<Record<string, Attribute>>;
	readonly inputs: readonly CaseInput[];
	readonly outputs?: number;
	/** Makes the numbers; fast-check shrinks it with the rest. */
	readonly seed: number;
};

const fill = (
	shape: Shape,
	domain: Domain,
	{seed, input}: {readonly seed: number; readonly input: number},
): Tensor => {
	const next = randomNumbers(seed + input);
	const count = elementCount(shape);
	const {range = 2, kinks = [], isDistinct, isPositive} = domain;
	const order = Array.from({length: count}, (_, index) => ({
		index,
		key: next(),
	})).toSorted((a, b) => a.key - b.key);
	const numbers = order.map(({index}) => {
		const number = isDistinct
			? ((index - count / 2) * inputsAtMost + input) * 2 * margin
			: next() * range;
		const positive = isPositive ? Math.abs(number) + 0.3 : number;
		const kink = kinks.find((at) => Math.abs(positive - at) < margin);
		return kink === undefined ? positive : kink + 2 * margin;
	});
	return tensorOf('float32', numbers, shape);
};

/** The elements of a float32 tensor. */
export const floatsOf = ({data}: Tensor): Float32Array => {
	if (!(data instanceof Float32Array)) {
		throw new TypeError('only float32 inputs are fed');
	}

	return data;
};

/** A network of one node, with numbers for its inputs. */
export const networkOf = (operatorCase: OperatorCase) => {
	const {opType, attributes = {}, inputs, outputs = 1, seed} = operatorCase;
	const given = inputs.map((input, index) => {
		if (!input) {
			return undefined;
		}

		return 'data' in input
			? {name: `input${index}`, tensor: input, isFixed: true}
			: {
					name: `input${index}`,
					tensor: fill(input.shape, input.domain ?? {}, {seed, input: index}),
					isFixed: input.isFixed ?? false,
				};
	});
	const present = given.filter((input) => input !== undefined);
	const valueOf = ({name, tensor}: (typeof present)[number]): Value => ({
		name,
		type: tensor.type,
		shape: tensor.shape,
	});
	const values = new Map(present.map((input) => [input.name, valueOf(input)]));
	const constants = new Map(
		present
			.filter(({isFixed}) => isFixed)
			.map(({name, tensor}) => [name, tensor]),
	);
	const node = {
		name: `/${opType}`,
		opType,
		attributes,
		inputs: given.map((input) => input?.name ?? ''),
		outputs: Array.from({length: outputs}, (_, index) => `output${index}`),
	};
	const inferred = findOperator(opType)!.infer(
		viewOf({values, constants}, node),
	);
	for (const [index, name] of node.outputs.entries()) {
		values.set(name, {name, ...inferred[index]});
	}

	const fed = present.filter(({isFixed}) => !isFixed);
	const graph: Graph = {
		name: opType,
		inputs: fed.map((input) => valueOf(input)),
		outputs: node.outputs,
		nodes: [node],
		constants,
		values,
	};
	const view: NodeView = viewOf(graph, node);
	return {
		graph,
		view,
		/** By input; undefined where left out. */
		tensors: given.map((input) => input?.tensor),
		/** Indices of the inputs that are no constants. */
		free: given.flatMap((input, index) =>
			input && !input.isFixed ? [index] : [],
		),
		feeds: new Map(fed.map(({name, tensor}) => [name, floatsOf(tensor)])),
	};
};

export type Network = ReturnType<typeof networkOf>;

/** Sizes, axes and bounds, as exporters write them. */
export const integers = (
	numbers: readonly number[],
	type: DataType = 'int64',
): Tensor => tensorOf(type, numbers);

/** `[1, C, H, W]` */
export const pictures: fc.Arbitrary<Shape> = fc
	.tuple(
		fc.constant(1),
		fc.integer({min: 1, max: 4}),
		fc.integer({min: 1, max: 5}),
		fc.integer({min: 1, max: 5}),
	)
	.map((shape) => shape);

/** Pictures, sequences, vectors and single numbers. */
export const shapes: fc.Arbitrary<Shape> = fc.oneof(
	pictures,
	fc.array(fc.integer({min: 1, max: 4}), {maxLength: 5}),
	pictures.map(([batch, channels, height]) => [batch, channels, height]),
	pictures.map(([batch, channels]) => [batch, channels]),
);

/** A shape that broadcasts to the given one: some axes are 1, some leading ones are missing. */
export const broadcastTo = (shape: Shape): fc.Arbitrary<Shape> =>
	fc
		.tuple(
			fc.array(fc.boolean(), {
				minLength: shape.length,
				maxLength: shape.length,
			}),
			fc.boolean(),
		)
		.map(([isOne, isShort]) => {
			const sizes = shape.map((size, axis) => (isOne[axis] ? 1 : size));
			return isShort ? sizes.slice(1) : sizes;
		});

/** Some axes of a shape, counted from the front or the back. */
export const axesOf = (shape: Shape): fc.Arbitrary<readonly number[]> =>
	fc
		.tuple(
			fc.subarray([...shape.keys()], {minLength: Math.min(1, shape.length)}),
			fc.boolean(),
		)
		.map(([axes, isBackward]) =>
			isBackward ? axes.map((axis) => axis - shape.length) : axes,
		);

export const seeds = fc.integer({min: 1, max: 1_000_000});
