import {ModelError} from '../../errors.js';
import type {Graph, Value} from '../graph.js';
import {isProportionedLike} from '../pictures/proportions.js';
import type {Shape} from '../tensor.js';
import {behindOutput, trailingOperators} from './behind-output.js';

const isPicture = (shape: Shape) => shape.length === 4;

/** Whether logits of this shape are a single answer for the whole image: a list, or a picture of one pixel. */
export const isClassifier = (logits: Shape): boolean =>
	logits.slice(2).every((size) => size === 1);

/** Operators that rearrange numbers, or turn them into likelihoods. */
const arranging = new Set([
	...trailingOperators,
	'Concat',
	'Slice',
	'Split',
	'Unsqueeze',
]);

/** Names the pictures that an output merely rearranges, as detectors list the cells of several: alternatives to ask for. */
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
The logits behind an output, `[1, classes]` or `[1, classes, height, width]`: the value before a trailing Softmax, Sigmoid or ArgMax.

Explaining a probability instead would mix in the evidence against all other classes, and vanish where the network is sure.

@throws {ModelError} If there is no such value, or its classes lie along another axis.
*/
export const findLogits = (graph: Graph, output: string): Value => {
	const {name, axis} = behindOutput(graph, output);
	const logits = graph.values.get(name)!;
	const {shape} = logits;
	if (
		logits.type !== 'float32' ||
		shape[0] !== 1 ||
		(shape.length !== 2 && !isPicture(shape))
	) {
		throw new ModelError(
			`The output "${output}" of shape [${graph.values.get(output)!.shape.join(', ')}] gives neither [1, classes] nor [1, classes, height, width]; choose another one with --output${arrangedPictures(graph, output)}`,
		);
	}

	if (axis !== undefined && axis !== 1) {
		throw new ModelError(
			`The output "${output}" has its classes along axis ${axis} of [${shape.join(', ')}]; export the model with channels first ([1, classes, height, width])`,
		);
	}

	return logits;
};

/** Whether the output is the sigmoid of the logits, so that classes are independent. */
export const answersWithSigmoid = (graph: Graph): boolean =>
	behindOutput(graph, graph.outputs[0]).nodes.some(
		({opType}) => opType === 'Sigmoid',
	);
