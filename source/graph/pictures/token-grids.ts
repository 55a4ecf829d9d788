import type {Graph, Node} from '../graph.js';
import {numbersOf, type Shape} from '../tensor.js';

/** How a transformer's tokens lie in a picture. */
export type Grid = {
	readonly height: number;
	readonly width: number;
	/** Tokens in front of the picture's, each of which stands for the whole of it. */
	readonly leading: number;
};

/** The axis of a value `[1, N, C]` or `[1, C, N]` that runs over tokens. */
type Layout = Grid & {
	readonly axis: number;
	/** The number of consecutive grids; in each, a token stands for the same place of its own window. */
	readonly rounds: number;
};

/** A node, with what is known of its first output and its inputs. */
type Step = {
	readonly node: Node;
	readonly to: Shape;
	readonly from: readonly Shape[];
	readonly layouts: ReadonlyArray<Layout | undefined>;
	/** The position of the node that wrote each input; undefined for constants. */
	readonly ages: ReadonlyArray<number | undefined>;
	readonly constants: Graph['constants'];
};

const grid = (height: number, width: number, axis: number) =>
	height > 1 && width > 1
		? {height, width, leading: 0, axis, rounds: 1}
		: undefined;

/** The layout after tokens in front of the picture's were added or removed. */
const recount = (layout: Layout | undefined, to: Shape): Layout | undefined => {
	if (layout?.rounds !== 1) {
		return undefined;
	}

	const leading = to[layout.axis] - layout.height * layout.width;
	return leading >= 0 ? {...layout, leading} : undefined;
};

/** Tokens stay where axes stay. Where values meet, the earlier one decides: what an attention adds to it may look like a picture of windows or heads. */
const keep = ({node, layouts, from, to, ages}: Step): Layout | undefined => {
	const [oldest] = [...node.inputs.keys()]
		.filter((index) => ages[index] !== undefined && from[index].length === 3)
		.toSorted((a, b) => ages[a]! - ages[b]!);
	const layout = layouts[oldest];
	return layout && from[oldest][layout.axis] === to[layout.axis]
		? layout
		: undefined;
};

/** Flattens a picture of either layout into a list of cells. */
const reshape = (step: Step): Layout | undefined => {
	const {
		from: [[batch, ...sizes]],
		to: [, first, last],
	} = step;
	const [a, b, c] = sizes;
	if (sizes.length === 2) {
		return a === first ? keep(step) : undefined;
	}

	if (batch !== 1 && first === batch * a * b && last === c) {
		const round = grid(a, b, 1);
		return round && {...round, rounds: batch};
	}

	if (batch !== 1 || sizes.length < 2) {
		return undefined;
	}

	return first === a * b
		? grid(a, b, 1)
		: first === a && sizes.length === 3 && last === b * c
			? grid(b, c, 2)
			: undefined;
};

const swap = ({node, layouts: [layout]}: Step): Layout | undefined =>
	layout && JSON.stringify(node.attributes.perm) === '[0,2,1]'
		? {...layout, axis: 3 - layout.axis}
		: undefined;

/** Class tokens come before those of the picture. */
const concat = (step: Step): Layout | undefined => {
	const last = step.layouts.at(-1);
	const {axis} = step.node.attributes;
	return axis === last?.axis || (axis === -2 && last?.axis === 1)
		? recount(last, step.to)
		: keep(step);
};

/** Only tokens in front of the picture's may be cut off. */
const slice = (step: Step): Layout | undefined => {
	const {
		layouts: [layout],
		from: [whole],
	} = step;
	const start = step.constants.get(step.node.inputs[1]);
	const [begin] = start ? numbersOf(start) : [];
	const left = layout && step.to[layout.axis];
	return begin === undefined || left === undefined
		? undefined
		: left === whole[layout!.axis]
			? layout
			: begin === -left || begin === whole[layout!.axis] - left
				? recount(layout, step.to)
				: undefined;
};

/** A product has the rows of its first factor, and the columns of its second. */
const multiply = ({layouts: [first, second]}: Step): Layout | undefined => {
	if (first?.axis === 1) {
		return first;
	}

	return second?.axis === 2 ? second : undefined;
};

/** Splits rounds `[1, N, C]` into an axis of their own `[1, parts, N / parts, C]`, so that they can be pooled. */
const part = ({to, from: [whole], layouts: [layout]}: Step) => {
	const isParting =
		layout?.axis === 1 &&
		to[0] === 1 &&
		to[1] * to[2] === whole[1] &&
		layout.rounds % to[1] === 0;
	return isParting
		? {...layout, axis: 2, rounds: layout.rounds / to[1]}
		: undefined;
};

/** Pools over rounds that have an axis of their own. */
const pool = ({node, layouts: [layout]}: Step): Layout | undefined =>
	layout?.axis === 2 && JSON.stringify(node.attributes.axes) === '[1]'
		? {...layout, axis: 1}
		: undefined;

const forget = () => undefined;

/** How tokens pass operators that move elements. All others leave them where they are. */
const rules: Readonly<Record<string, (step: Step) => Layout | undefined>> = {
	Concat: concat,
	CumSum: forget,
	Gather: forget,
	GatherElements: forget,
	MatMul: multiply,
	ReduceMax: pool,
	ReduceMean: pool,
	Reshape: reshape,
	Slice: slice,
	Split: ({layouts: [layout], to}) => recount(layout, to),
	TopK: forget,
	Transpose: swap,
};

/**
How the tokens `[1, N, C]` of a network lie in a picture, by the name of the value: traced from where a picture is flattened, through everything that keeps tokens in order.

Query lists have no place in the picture, and reordered tokens are left out.
*/
export const tokenGrids = ({
	nodes,
	constants,
	values,
}: Graph): ReadonlyMap<string, Grid> => {
	const layouts = new Map<string, Layout>();
	const ages = new Map<string, number>();
	for (const [age, node] of nodes.entries()) {
		for (const name of node.outputs) {
			ages.set(name, age);
		}

		// The picture's tokens come last.
		const output = node.outputs.at(-1)!;
		const to = values.get(output)!.shape;
		const isParted = to.length === 4 && node.opType === 'Reshape';
		if ((to.length !== 3 && !isParted) || to[0] !== 1) {
			continue;
		}

		const rule = isParted ? part : (rules[node.opType] ?? keep);
		const layout = rule({
			node,
			to,
			from: node.inputs.map((name) => values.get(name)?.shape ?? []),
			layouts: node.inputs.map((name) => layouts.get(name)),
			ages: node.inputs.map((name) => ages.get(name)),
			constants,
		});
		if (layout) {
			layouts.set(output, layout);
		}
	}

	return new Map(
		[...layouts].filter(([, {axis, rounds}]) => axis === 1 && rounds === 1),
	);
};
