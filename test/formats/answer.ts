import {normalise} from '../../source/formats/normalise/normalise.js';
import type {ModelFile} from '../../source/formats/model-file.js';
import type {Graph} from '../../source/graph/graph.js';
import type {Shape} from '../../source/graph/tensor.js';
import {selectRuntime} from '../../source/runtimes/select.js';

/** The network of a model file whose only input has this shape. */
export const graphOf = (model: ModelFile, shape: Shape): Graph =>
	normalise(model, {shapes: new Map([[model.inputs[0].name, shape]])});

/** A picture `[N, C, H, W]` with its channels last; other shapes stay. */
const toChannelsLast = (data: Float32Array, shape: Shape): Float32Array => {
	if (shape.length !== 4) {
		return data;
	}

	const [, channels, height, width] = shape;
	const space = height * width;
	return Float32Array.from(
		data,
		(_, index) =>
			data[(index % channels) * space + Math.trunc(index / channels)],
	);
};

/** What a model answers, in the order that TensorFlow has it. */
export const answer = async (
	model: ModelFile,
	input: {readonly shape: Shape; readonly data: Float32Array},
	runtimeName: string,
): Promise<Float32Array> => {
	const graph = graphOf(model, input.shape);
	const [output] = graph.outputs;
	const {runtime} = await selectRuntime(runtimeName, {threads: 1});
	try {
		const session = await runtime.load(graph, [output]);
		const answers = await session.run(
			new Map([[graph.inputs[0].name, input.data]]),
			[output],
		);
		return toChannelsLast(
			answers.get(output)!,
			graph.values.get(output)!.shape,
		);
	} finally {
		await runtime.dispose();
	}
};

/** The largest difference between two answers, by the largest number in the second. */
export const differenceOf = (
	found: Float32Array,
	expected: Float32Array,
): number => {
	if (found.length !== expected.length) {
		return Infinity;
	}

	const values = [...expected];
	const largest = Math.max(...values.map((value) => Math.abs(value)), 1e-6);
	const gaps = values.map((value, index) => Math.abs(value - found[index]));
	// A NaN must not get lost among numbers.
	return gaps.some((gap) => Number.isNaN(gap))
		? Infinity
		: Math.max(...gaps) / largest;
};

/** Numbers from −1 to 1, the same in every run. */
export const sampleData = (length: number, seed = 1): Float32Array => {
	let state = seed * 7919;
	return Float32Array.from({length}, () => {
		state = (state * 48_271) % 2_147_483_647;
		return (state / 2_147_483_647) * 2 - 1;
	});
};

export const runtimeNames = ['onnxruntime', 'wasm'] as const;
