import {ModelError} from '../errors.js';
import type {Graph, Node, Value} from './graph.js';
import {isProportionedLike} from './proportions.js';
import {producersOf} from './sort-nodes.js';
import type {Shape} from './tensor.js';

const isPicture = (shape: Shape) => shape.length === 4;

/** Whether a Transpose only moves the channels of a picture to the end, as TensorFlow has them. */
const isToNhwc = ({attributes: {perm}}: Node, shape: Shape) =>
	isPicture(shape) && Array.isArray(perm) && perm.join(' ') === '0 2 3 1';

const always = () => true;

/** Whether a picture is only a list of channels, which classifiers write under another shape. */
const isOnePixel = (_: Node, shape: Shape) =>
	isPicture(shape) && shape[2] * shape[3] === 1;

/** What may stand between the logits and a model's output, and when it does. */
const trailing: Readonly<
	Record<string, (node: Node, inputShape: Shape) => boolean>
> = {
	ArgMax: always,
	Cast: always,
	Flatten: isOnePixel,
	Greater: always,
	GreaterOrEqual: always,
	Identity: always,
	LogSoftmax: always,
	Reshape: isOnePixel,
	Sigmoid: always,
	Softmax: always,
	Squeeze: (_, shape) => isPicture(shape),
	Transpose: isToNhwc,
};

const permutationOf = ({attributes: {perm}}: Node): readonly number[] =>
	Array.isArray(perm) ? perm.map(Number) : [];

/** The value whose classes are compared between two Transposes that undo each other, and their axis; PyTorch writes a softmax over the channels so before opset 13. */
const beforeTransposedSoftmax = (
	last: Node,
	producers: ReadonlyMap<string, Node>,
) => {
	const softmax = producers.get(last.inputs[0]);
	const first = softmax && producers.get(softmax.inputs[0]);
	if (last.opType !== 'Transpose' || first?.opType !== 'Transpose') {
		return undefined;
	}

	const [there, back] = [permutationOf(first), permutationOf(last)];
	const axis = classAxis(softmax!, there.length);
	return axis !== undefined && back.every((from, to) => there[from] === to)
		? {name: first.inputs[0], axis: there[axis]}
		: undefined;
};

/** The axis along which a trailing node compares classes; undefined where it compares none. */
const classAxis = ({opType, attributes}: Node, rank: number) => {
	if (!['Softmax', 'LogSoftmax', 'ArgMax'].includes(opType)) {
		return undefined;
	}

	const missing = opType === 'ArgMax' ? 0 : -1;
	const axis = typeof attributes.axis === 'number' ? attributes.axis : missing;
	return axis < 0 ? axis + rank : axis;
};

/** Whether logits of this shape are one answer for the whole image: a list, or a picture of one pixel. */
export const isClassifier = (logits: Shape): boolean =>
	logits.slice(2).every((size) => size === 1);

/** Operators that lay numbers out in another way, or make likelihoods of them. */
const arranging = new Set([
	...Object.keys(trailing),
	'Concat',
	'Slice',
	'Split',
	'Unsqueeze',
]);

/** Names the pictures that an output only arranges, as detectors list the cells of theirs: what could be asked for instead. */
const arrangedPictures = (
	{nodes, values, inputs: [fed]}: Graph,
	output: string,
): string => {
	const wanted = new Set([output]);
	const pictures: string[] = [];
	for (const {opType, inputs, outputs} of nodes.toReversed()) {
		const name = outputs.find((each) => wanted.has(each));
		if (name === undefined) {
			continue;
		}

		const {shape} = values.get(name)!;
		if (arranging.has(opType)) {
			for (const input of inputs) {
				wanted.add(input);
			}
		} else if (isPicture(shape) && isProportionedLike(shape, fed.shape)) {
			pictures.unshift(name);
		}
	}

	return pictures.length === 0
		? ''
		: `, as it lists the cells of ${pictures.join(', ')}`;
};

/**
The value behind an output that holds the logits, `[1, classes]` or `[1, classes, height, width]`: what comes before a trailing Softmax, Sigmoid or ArgMax.

Explaining a probability would mix in what speaks against all other classes, and vanish where the network is sure.

@throws {ModelError} When there is no such value, or its classes lie along another axis.
*/
export const findLogits = (graph: Graph, output: string): Value => {
	const producers = producersOf(graph.nodes);
	let name = output;
	let axis: number | undefined;
	for (;;) {
		const node = producers.get(name);
		const transposed = node && beforeTransposedSoftmax(node, producers);
		if (transposed) {
			({name, axis} = transposed);
			continue;
		}

		const input = node?.inputs[0];
		const shape = graph.values.get(input ?? '')?.shape;
		if (!node || !input || !shape || !trailing[node.opType]?.(node, shape)) {
			break;
		}

		axis =
			node.opType === 'Transpose'
				? undefined
				: (classAxis(node, shape.length) ?? axis);
		name = input;
	}

	const logits = graph.values.get(name)!;
	const {shape} = logits;
	if (
		logits.type !== 'float32' ||
		shape[0] !== 1 ||
		(shape.length !== 2 && !isPicture(shape))
	) {
		throw new ModelError(
			`The output "${output}" of shape [${shape.join(', ')}] gives neither [1, classes] nor [1, classes, height, width]; choose another one with --output${arrangedPictures(graph, output)}`,
		);
	}

	if (axis !== undefined && axis !== 1) {
		throw new ModelError(
			`The output "${output}" has its classes along axis ${axis} of [${shape.join(', ')}]; export the model with channels first ([1, classes, height, width])`,
		);
	}

	return logits;
};

/** Whether an output is the sigmoid of the logits, so that every class is likely or not by itself. */
export const answersWithSigmoid = (graph: Graph, logits: string): boolean => {
	const producers = producersOf(graph.nodes);
	let name = graph.outputs[0];
	while (name !== logits) {
		const node = producers.get(name);
		if (!node || node.opType === 'Sigmoid') {
			return node !== undefined;
		}

		[name] = node.inputs;
	}

	return false;
};
