import {normalise} from '../../source/formats/normalise/normalise.js';
import type {ModelFile} from '../../source/formats/model-file.js';
import type {Attribute, Graph, Node} from '../../source/graph/graph.js';
import {
	elementCount,
	type Shape,
	type Tensor,
} from '../../source/graph/tensor.js';

/** A repeatable stream of numbers between −1 and 1. */
export const randomNumbers = (seed: number): (() => number) => {
	let state = seed * 2_654_435_769 + 1;
	return () => {
		state = Math.imul(state ^ (state >>> 15), 0x2c_1b_3c_6d);
		state = Math.imul(state ^ (state >>> 12), 0x29_7a_2d_39);
		state ^= state >>> 15;
		return (state >>> 0) / 2 ** 31 - 1;
	};
};

/** A float32 tensor of repeatable numbers between −1 and 1. */
export const randomTensor = (shape: Shape, seed = 1): Tensor => {
	const next = randomNumbers(seed);
	return {
		type: 'float32',
		shape,
		data: Float32Array.from({length: elementCount(shape)}, next),
	};
};

/** One node, named after its first output. */
export const node = (
	opType: string,
	inputs: readonly string[],
	outputs: readonly string[] | string,
	attributes: Readonly<Record<string, Attribute>> = {},
): Node => {
	const written = typeof outputs === 'string' ? [outputs] : outputs;
	return {
		name: `/${written[0]}/${opType}`,
		opType,
		inputs,
		outputs: written,
		attributes,
	};
};

/** A model as a test writes it down. */
export type Description = {
	readonly opset?: number;
	/** Float32, by name. */
	readonly inputs: Readonly<Record<string, Shape>>;
	readonly nodes: readonly Node[];
	readonly constants?: Readonly<Record<string, Tensor>>;
	/** What the last node writes, if left out. */
	readonly outputs?: readonly string[];
};

/** A model file, as an importer gives it. */
export const buildModel = ({
	opset = 17,
	inputs,
	nodes,
	constants = {},
	outputs = nodes.at(-1)!.outputs,
}: Description): ModelFile => ({
	name: 'test',
	opset,
	inputs: Object.entries(inputs).map(([name, shape]) => ({
		name,
		type: 'float32',
		shape,
	})),
	outputs,
	nodes,
	constants: new Map(Object.entries(constants)),
	notes: [],
});

/** A network that is ready to run. */
export const buildGraph = (description: Description): Graph =>
	normalise(buildModel(description), {
		shapes: new Map(Object.entries(description.inputs)),
	});
