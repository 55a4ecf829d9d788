import type {Graph, Node} from '../graph.js';
import {producersOf} from '../sort-nodes.js';
import type {Shape} from '../tensor.js';
import {shownAnswer} from './shown-answer.js';

/** An earlier value, and the nodes between it and the one it came from. */
export type Behind = {
	readonly name: string;
	/** The axis along which classes are compared; undefined where none are. */
	readonly axis: number | undefined;
	/** From the later value backwards. */
	readonly nodes: readonly Node[];
};

/** One step back: the value that a node merely presents differently, and where an axis of its output lies in that value. */
type Step = {
	readonly name: string;
	readonly axisOf?: (axis: number) => number | undefined;
};

type Stepping = (node: Node, from: Shape, to: Shape) => Step | undefined;

const isPicture = (shape: Shape) => shape.length === 4;

const isOnePixel = (shape: Shape) =>
	isPicture(shape) && shape[2] * shape[3] === 1;

/** The axes that remain when some of size 1 are dropped; undefined where more than that happens. */
const keptAxes = (from: Shape, to: Shape): number[] | undefined => {
	const kept: number[] = [];
	for (const [axis, size] of from.entries()) {
		if (size === to[kept.length]) {
			kept.push(axis);
		} else if (size !== 1) {
			return undefined;
		}
	}

	return kept.length === to.length ? kept : undefined;
};

const same: Stepping = ({inputs: [name]}) => ({name, axisOf: (axis) => axis});

/** Flattened rows and columns, `[1, C, height · width]` or `[1, height · width, C]`, as at the end of older Keras networks. Unless classes are compared afterwards, it may just as well be a detector's cells. */
const listing: Stepping = ({opType, inputs: [name]}, from, to) => {
	const [batch, first, second, third] = from;
	const isListOf = (...sizes: number[]) =>
		opType === 'Reshape' &&
		isPicture(from) &&
		String(to) === String([batch, ...sizes]);
	if (isListOf(first, second * third)) {
		return {name, axisOf: (axis: number) => axis};
	}

	return isListOf(first * second, third)
		? {name, axisOf: (axis: number) => (axis === 2 ? 3 : axis)}
		: undefined;
};

/** Drops axes of size 1: the batch, or what remains of rows and columns. */
const dropping: Stepping = (node, from, to) => {
	const kept = keptAxes(from, to);
	const isAnswer =
		kept !== undefined &&
		(from.length === 2 ||
			node.opType === 'Squeeze' ||
			// A list could also be a picture with a single row.
			(isPicture(from) && (to.length !== 2 || isOnePixel(from))));
	return isAnswer
		? {name: node.inputs[0], axisOf: (axis) => kept[axis]}
		: undefined;
};

/** The only image of a batch, or the only map of a picture. */
const picking: Stepping = (node, from, to) =>
	to.length === from.length - 1
		? dropping({...node, opType: 'Squeeze'}, from, to)
		: undefined;

/** Moves channels last, as in TensorFlow, or permutes the axes of a list. */
const turning: Stepping = ({inputs: [name], attributes}) => {
	const perm = Array.isArray(attributes.perm) ? attributes.perm.join(' ') : '';
	if (perm === '0 2 1') {
		return {name, axisOf: (axis) => [0, 2, 1][axis]};
	}

	return perm === '0 2 3 1' ? {name} : undefined;
};

/** The best class, or the best few. */
const choosing: Stepping = ({inputs: [name]}) => ({name});

/** The likelihood of the best class, for lists and pictures of lists; elsewhere a maximum belongs to a layer. */
const greatest: Stepping = (node, from, to) => {
	const {axes} = node.attributes;
	const isOfClasses =
		Array.isArray(axes) &&
		axes.every((axis) => axis === 1 || axis === 1 - from.length);
	return isOfClasses && to.length === from.length - 1
		? choosing(node, from, to)
		: undefined;
};

/** Operators that may stand between the logits and an output, and how to step back over each. */
const trailing: Readonly<Record<string, Stepping>> = {
	ArgMax: choosing,
	Cast: same,
	Flatten: dropping,
	Gather: picking,
	Greater: same,
	GreaterOrEqual: same,
	Identity: same,
	LogSoftmax: choosing,
	ReduceMax: greatest,
	Reshape: dropping,
	Sigmoid: same,
	Softmax: choosing,
	Squeeze: dropping,
	TopK: choosing,
	Transpose: turning,
};

/** Operators that merely present logits differently. */
export const trailingOperators: readonly string[] = Object.keys(trailing);

/** The default axis of operators that compare classes. */
const usualAxis = new Map([
	['ArgMax', 0],
	['LogSoftmax', -1],
	['ReduceMax', 1],
	['Softmax', -1],
	['TopK', -1],
]);

/** The axis along which a node compares classes; undefined where it compares none. */
const classAxis = ({opType, attributes}: Node, rank: number) => {
	const usual = usualAxis.get(opType);
	const axis =
		usual !== undefined && typeof attributes.axis === 'number'
			? attributes.axis
			: usual;
	return axis !== undefined && axis < 0 ? axis + rank : axis;
};

const permutationOf = ({attributes: {perm}}: Node): readonly number[] =>
	Array.isArray(perm) ? perm.map(Number) : [];

/** The value whose classes are compared between two Transposes that undo each other, and their axis: how PyTorch exports a softmax over channels before opset 13. */
const beforeTransposedSoftmax = (
	name: string,
	producers: ReadonlyMap<string, Node>,
): Behind | undefined => {
	const last = producers.get(name);
	const softmax = last && producers.get(last.inputs[0]);
	const first = softmax && producers.get(softmax.inputs[0]);
	if (last?.opType !== 'Transpose' || first?.opType !== 'Transpose') {
		return undefined;
	}

	const [there, back] = [permutationOf(first), permutationOf(last)];
	const isSoftmax = ['Softmax', 'LogSoftmax'].includes(softmax!.opType);
	const axis = isSoftmax ? classAxis(softmax!, there.length) : undefined;
	return axis !== undefined && back.every((from, to) => there[from] === to)
		? {name: first.inputs[0], axis: there[axis], nodes: [last, softmax!, first]}
		: undefined;
};

/** Steps back from an output over everything that merely presents the logits differently: likelihoods, the best class, another layout. */
export const behindOutput = (
	{nodes: all, values, constants}: Graph,
	output: string,
): Behind => {
	const producers = producersOf(all);
	const stepBack = ({name, axis}: Behind): Behind | undefined => {
		const node = producers.get(name);
		const [input = ''] = node?.inputs ?? [];
		const from = values.get(input)?.shape;
		if (!node || !from || constants.has(input)) {
			return undefined;
		}

		const to = values.get(name)!.shape;
		const isCompared = axis !== undefined;
		const step =
			trailing[node.opType]?.(node, from, to) ??
			(isCompared ? listing(node, from, to) : undefined);
		return (
			step && {
				name: step.name,
				axis:
					classAxis(node, from.length) ??
					(isCompared ? step.axisOf?.(axis) : undefined),
				nodes: [node],
			}
		);
	};

	let behind: Behind = {name: output, axis: undefined, nodes: []};
	for (;;) {
		const {name, nodes} = behind;
		const next =
			beforeTransposedSoftmax(name, producers) ??
			stepBack(behind) ??
			shownAnswer(name, producers, constants);
		if (!next) {
			return behind;
		}

		behind = {...next, nodes: [...nodes, ...next.nodes]};
	}
};
