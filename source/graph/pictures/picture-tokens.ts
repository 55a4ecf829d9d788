import type {Graph, Node, Value} from '../graph.js';
import {tensorOf, type Shape, type Tensor} from '../tensor.js';
import {normalisedBy} from './normalised.js';
import {isGridOf} from './proportions.js';
import {tokenGrids, type Grid} from './token-grids.js';

/** The suffix that turns the name of tokens into that of their picture. */
export const tokenPicture = ':picture';

/** The grid of tokens that cannot be traced to a picture: a square, with or without a class token. */
const squareOf = (tokens: number): Grid | undefined =>
	[0, 1]
		.map((leading) => {
			const side = Math.sqrt(tokens - leading);
			return {height: side, width: side, leading};
		})
		.find(({height}) => Number.isInteger(height) && height > 1);

/** The input's shape with its channels first; they are fewer than rows and columns. */
const channelsFirst = ([batch, ...sizes]: Shape): Shape =>
	sizes[0] > sizes[2]
		? [batch, sizes[2], sizes[0], sizes[1]]
		: [batch, ...sizes];

const gridOf = (
	{name, shape: [batch, ...sizes]}: Value,
	known: ReadonlyMap<string, Grid>,
	fed: Shape,
): Grid | undefined => {
	if (sizes.length === 3) {
		// Heads, and the tokens of windows, are laid out like that too.
		const [height, width, channels] = sizes;
		const isPicture =
			fed.length !== 4 ||
			isGridOf([batch, channels, height, width], channelsFirst(fed));
		return isPicture ? {height, width, leading: 0} : undefined;
	}

	// If others could be traced, these are not tokens of the picture.
	return known.size > 0 ? known.get(name) : squareOf(sizes[0]);
};

/** Whether a node writes the residual stream of a transformer or normalises it; values inside attention and perceptrons are left out. */
const writesTokens = (
	node: Node,
	graph: Graph,
	producers: ReadonlyMap<string, Node>,
): boolean => {
	const normalised = normalisedBy(node, graph, producers);
	if (graph.values.get(node.outputs[0])!.shape.length === 3) {
		const isSum =
			node.opType === 'Add' &&
			node.inputs.every((name) => !graph.constants.has(name));
		return isSum || normalised !== undefined;
	}

	// Convolutional networks transpose a picture only to normalise it.
	const before =
		normalised === undefined ? undefined : producers.get(normalised);
	return before !== undefined && before.opType !== 'Transpose';
};

/** Nodes that turn tokens `[1, N, C]` or `[1, height, width, C]` into a picture `[1, C, height, width]`, and back. */
const splice = (
	{name, shape, type}: Value,
	{height, width, leading}: Grid,
): {nodes: Node[]; constants: Array<[string, Tensor]>; values: Value[]} => {
	const tokens = height * width + leading;
	const channels = shape.at(-1)!;
	const nodes: Node[] = [];
	const values: Value[] = [];
	const constants: Array<[string, Tensor]> = [];
	const integers = (suffix: string, numbers: readonly number[]) => {
		const constant = `${name}:${suffix}`;
		const tensor = tensorOf('int64', numbers);
		constants.push([constant, tensor]);
		values.push({name: constant, type: 'int64', shape: tensor.shape});
		return constant;
	};

	const apply = (
		suffix: string,
		opType: string,
		inputs: readonly string[],
		{
			shape: written,
			...attributes
		}: {shape: Shape; perm?: number[]; axis?: number},
	) => {
		const output = `${name}${suffix}`;
		nodes.push({name: output, opType, inputs, outputs: [output], attributes});
		values.push({name: output, type, shape: written});
		return output;
	};

	const part = (suffix: string, from: number, to: number) =>
		apply(
			suffix,
			'Slice',
			[
				name,
				integers(`${suffix} from`, [from]),
				integers(`${suffix} to`, [to]),
				integers(`${suffix} axis`, [1]),
			],
			{shape: [1, to - from, channels]},
		);
	// A size of 0 keeps the batch as it is.
	const reshape = (suffix: string, from: string, to: Shape) =>
		apply(
			suffix,
			'Reshape',
			[from, integers(`${suffix} shape`, to.with(0, 0))],
			{
				shape: to,
			},
		);
	const picture = [1, channels, height, width];
	if (shape.length === 4) {
		const turned = apply(tokenPicture, 'Transpose', [name], {
			shape: picture,
			perm: [0, 3, 1, 2],
		});
		apply(':back', 'Transpose', [turned], {shape, perm: [0, 2, 3, 1]});
		return {nodes, constants, values};
	}

	const list = [1, channels, height * width];
	const turned = apply(
		':turned',
		'Transpose',
		[leading > 0 ? part(':cells', leading, tokens) : name],
		{shape: list, perm: [0, 2, 1]},
	);
	const grid = reshape(tokenPicture, turned, picture);
	const back = apply(':back', 'Transpose', [reshape(':list', grid, list)], {
		shape: [1, height * width, channels],
		perm: [0, 2, 1],
	});
	if (leading > 0) {
		apply(':whole', 'Concat', [part(':leading', 0, leading), back], {
			shape,
			axis: 1,
		});
	}

	return {nodes, constants, values};
};

/**
Routes the residual stream's tokens `[1, N, C]` (or `[1, height, width, C]`) through pictures `[1, C, height, width]`, so that they can be explained like any other layer. The picture of a value is named `VALUE:picture`.

The network computes the same: elements only move there and back.
*/
export const pictureTokens = (graph: Graph): Graph => {
	const producers = new Map<string, Node>();
	const grids = tokenGrids(graph);
	const nodes: Node[] = [];
	const constants = new Map(graph.constants);
	const values = new Map(graph.values);
	const replaced = new Map<string, string>();
	for (const node of graph.nodes) {
		nodes.push({
			...node,
			inputs: node.inputs.map((name) => replaced.get(name) ?? name),
		});
		for (const output of node.outputs) {
			producers.set(output, node);
		}

		const value = graph.values.get(node.outputs[0])!;
		const {shape} = value;
		const isToken =
			[3, 4].includes(shape.length) &&
			shape[0] === 1 &&
			value.type === 'float32' &&
			!graph.outputs.includes(value.name) &&
			writesTokens(node, graph, producers);
		const grid = isToken
			? gridOf(value, grids, graph.inputs[0].shape)
			: undefined;
		if (grid) {
			const spliced = splice(value, grid);
			nodes.push(...spliced.nodes);
			replaced.set(value.name, spliced.nodes.at(-1)!.outputs[0]);
			for (const [name, tensor] of spliced.constants) {
				constants.set(name, tensor);
			}

			for (const each of spliced.values) {
				values.set(each.name, each);
			}
		}
	}

	return replaced.size === 0 ? graph : {...graph, nodes, constants, values};
};
