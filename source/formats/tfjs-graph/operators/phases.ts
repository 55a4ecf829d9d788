import {ModelError} from '../../../errors.js';
import type {Node} from '../../../graph/graph.js';
import {slice} from '../../channels-last/shaping.js';
import type {Movement} from '../../channels-last/window.js';
import {elementwiseOperators} from './elementwise.js';
import type {GraphOperators, GraphWriter} from './operator.js';

/**
A picture that TensorFlow splits to dilate a convolution: into every second row and column, say, and those between, as a batch.

Here it stays whole, and what is done to its phases becomes a dilated operation on it.
*/
export type Phases = {
	/** The number of phases, vertically and horizontally. */
	readonly counts: readonly number[];
	/** Padding that the picture still lacks, before and behind each axis: `[[top, bottom], [left, right]]`. */
	readonly padding: ReadonlyArray<readonly [number, number]>;
};

const unpadded: Phases['padding'] = [
	[0, 0],
	[0, 0],
];

const convolutions = new Set([
	'Conv2D',
	'DepthwiseConv2d',
	'DepthwiseConv2dNative',
	'FusedDepthwiseConv2dNative',
	'_FusedConv2D',
]);

/** The equivalent convolution of the whole picture. @throws {ModelError} If there is none. */
export const overPhases = (
	{phases}: GraphWriter,
	x: string,
	movement: Movement,
): Movement => {
	const taken = phases.get(x);
	if (!taken) {
		return movement;
	}

	const {strides, dilations = [1, 1], padding} = movement;
	if (padding !== 'VALID' || strides.some((stride) => stride !== 1)) {
		throw new ModelError(
			'A convolution between SpaceToBatchND and BatchToSpaceND has steps or a padding of its own, which is not known; export the model again',
		);
	}

	return {
		strides,
		dilations: dilations.map((each, axis) => each * taken.counts[axis]),
		padding: taken.padding,
	};
};

/** Marks a node's output as phases when its input is. @throws {ModelError} If the node would mix phases. */
export const passPhases = (
	{phases}: GraphWriter,
	{name, opType, inputs, outputs}: Node,
): void => {
	const taken = inputs.map((input) => phases.get(input)).find(Boolean);
	if (!taken || opType === 'BatchToSpaceND') {
		return;
	}

	const isPadded = taken.padding.flat().some((pad) => pad !== 0);
	const isElementwise = Object.hasOwn(elementwiseOperators, opType);
	if (!convolutions.has(opType) && (isPadded || !isElementwise)) {
		throw new ModelError(
			`Node ${name} (${opType}) comes between SpaceToBatchND and BatchToSpaceND, where only convolutions and functions of each element may; export the model again`,
		);
	}

	for (const output of outputs) {
		phases.set(output, {...taken, padding: unpadded});
	}
};

const pairs = ([top, bottom, left, right]: readonly number[]) =>
	[
		[top, bottom],
		[left, right],
	] as const;

/** Operators that split pictures into phases, and join them. */
export const phaseOperators: GraphOperators = {
	BatchToSpaceND(writer, {name, inputs: [x, , crops], outputs: [output]}) {
		if (!writer.phases.has(x)) {
			throw new ModelError(
				`Node ${name} puts the pictures of a batch together, which SpaceToBatchND did not take apart; export the model again`,
			);
		}

		const cut = pairs(writer.numbers(crops, `Node ${name}: what is cut off`));
		slice(
			writer,
			output,
			x,
			writer.shapeOf(x).map((size, axis) => {
				const [before, behind] = cut[axis - 1] ?? [0, 0];
				return {start: before, end: size - behind, step: 1};
			}),
		);
	},
	SpaceToBatchND(
		writer,
		{name, inputs: [x, block, padding], outputs: [output]},
	) {
		const counts = writer.numbers(block, `Node ${name}: the block`);
		const pads = writer.numbers(padding, `Node ${name}: the padding`);
		if (counts.length !== 2 || writer.shapeOf(x).length !== 4) {
			throw new ModelError(
				`Node ${name} takes [${writer.shapeOf(x).join(', ')}] apart along ${counts.length} axes, not a picture along height and width; use a model of images`,
			);
		}

		writer.same(output, x);
		writer.phases.set(output, {counts, padding: pairs(pads)});
	},
};
