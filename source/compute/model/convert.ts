import {ModelError, UsageError} from '../../errors.js';
import type {ModelFile} from '../../formats/model-file.js';
import {normalise} from '../../formats/normalise/normalise.js';
import {decodeOnnx, encodeOnnx} from '../../formats/onnx/index.js';
import type {Graph} from '../../graph/graph.js';
import {elementCount, type Shape} from '../../graph/tensor.js';
import type {Runtime} from '../../runtimes/runtime.js';
import {decideInputFormat} from '../input/input-format.js';
import {findFittingSize} from '../input/fitting-size.js';
import {
	decideInputSize,
	inputShape,
	type InputSize,
} from '../input/input-size.js';
import type {Manifest} from './manifest.js';
import {inFile, readModelFile} from './read-model.js';

/** The result of a conversion. */
export type Converted = {
	/** The ONNX file. */
	readonly bytes: Uint8Array;
	readonly input: {readonly name: string; readonly shape: Shape};
	readonly outputs: ReadonlyArray<{
		readonly name: string;
		readonly shape: Shape;
	}>;
	readonly nodes: number;
	/** The largest difference between the outputs of model and file, relative to the largest output; 0 where they are equal. */
	readonly difference: number;
	/** Where the model as it was read differs from the file, one sentence each. */
	readonly notes: readonly string[];
};

/** The tolerated difference between two runs of one network, relative to the largest output. */
const tolerance = 1e-4;

/** Reproducible numbers from −1 to 1. */
const testInput = (shape: Shape): Float32Array => {
	let state = 1;
	return Float32Array.from({length: elementCount(shape)}, () => {
		state = (state * 48_271) % 2_147_483_647;
		return (state / 2_147_483_647) * 2 - 1;
	});
};

const run = async (runtime: Runtime, graph: Graph, input: Float32Array) => {
	const session = await runtime.load(graph, graph.outputs);
	try {
		return await session.run(
			new Map([[graph.inputs[0].name, input]]),
			graph.outputs,
		);
	} finally {
		await session.dispose();
	}
};

/** @throws {ModelError} If model and file disagree. */
const compare = async (
	runtime: Runtime,
	original: Graph,
	reread: Graph,
): Promise<number> => {
	const input = testInput(original.inputs[0].shape);
	const answers = await run(runtime, original, input);
	const others = await run(runtime, reread, input);
	let difference = 0;
	for (const [name, answer] of answers) {
		const other = others.get(name)!;
		let largest = 0;
		let gap = 0;
		for (const [index, value] of answer.entries()) {
			largest = Math.max(largest, Math.abs(value));
			gap = Math.max(gap, Math.abs(value - other[index]));
		}

		difference = Math.max(difference, largest === 0 ? gap : gap / largest);
	}

	if (!(difference <= tolerance)) {
		throw new ModelError(
			`The ONNX file disagrees with the model (by ${difference.toPrecision(2)} of the largest number); nothing was written, please report it`,
		);
	}

	return difference;
};

const chooseOutputs = (
	{outputs, nodes}: ModelFile,
	wanted: string | undefined,
) => {
	if (wanted === undefined) {
		return outputs;
	}

	if (!nodes.some((node) => node.outputs.includes(wanted))) {
		throw new UsageError(
			`The model has no output "${wanted}"; its outputs are ${outputs.join(', ')}`,
		);
	}

	return [wanted];
};

/**
Converts a model of any format to ONNX, for one input size, and compares the two on a runtime.

@param manifest Its `inputSize`, `layout` and `output` count.
@throws {UsageError} If the file cannot be read, or the size does not fit.
@throws {ModelError} If the model cannot be read, or the two disagree.
*/
export const convertModel = async (
	file: string,
	manifest: Manifest,
	runtime: Runtime,
): Promise<Converted> => {
	const model = await readModelFile(file);
	try {
		const {format} = decideInputFormat(model, manifest);
		const outputs = chooseOutputs(model, manifest.output);
		const shapesOf = (size: InputSize) =>
			new Map([[format.name, inputShape(format, size)]]);
		const read = (size: InputSize) =>
			normalise(model, {shapes: shapesOf(size), outputs});
		const decided = decideInputSize(format, manifest);
		const {size} = findFittingSize(decided, format, read);
		const shape = inputShape(format, size);
		const shapes = shapesOf(size);
		const graph = read(size);
		const bytes = encodeOnnx(graph);
		const reread = normalise(decodeOnnx(bytes), {shapes});
		const describe = (name: string) => ({
			name,
			shape: reread.values.get(name)!.shape,
		});
		return {
			bytes,
			input: {name: format.name, shape},
			outputs: outputs.map((name) => describe(name)),
			nodes: graph.nodes.length,
			difference: await compare(runtime, graph, reread),
			notes: model.notes,
		};
	} catch (error) {
		throw inFile(error, file);
	}
};
