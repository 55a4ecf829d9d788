import {defaultLayer} from '../../autodiff/default-layer.js';
import {explainableValues, type Layer} from '../../autodiff/explainable.js';
import {findPath} from '../../autodiff/path.js';
import {ModelError, UsageError} from '../../errors.js';
import type {ModelFile} from '../../formats/model-file.js';
import {normalise} from '../../formats/normalise/normalise.js';
import {findLogits} from '../../graph/logits/find-logits.js';
import type {Graph, Value} from '../../graph/graph.js';
import {pictureTokens} from '../../graph/pictures/picture-tokens.js';
import {sortNodes} from '../../graph/sort-nodes.js';
import type {Runtime} from '../../runtimes/runtime.js';
import {selectRuntime} from '../../runtimes/select.js';
import {decideInputFormat, type InputFormat} from '../input/input-format.js';
import {findFittingSize} from '../input/fitting-size.js';
import {
	decideInputSize,
	inputShape,
	type DecidedSize,
	type InputSize,
} from '../input/input-size.js';
import {readHuggingFace} from './hugging-face.js';
import type {Manifest} from './manifest.js';
import {checkLabels, readLabels, readManifest} from './read-manifest.js';
import {inFile, readModelFile} from './read-model.js';

/** How a model is loaded: the manifest's fields, which these override. */
export type LoadOptions = Manifest & {
	/** The name of a runtime, or `auto` for the fastest that works. */
	readonly runtime?: string;
	/** Threads of the forward pass; one for each core where left out. */
	readonly threads?: number;
};

/** A model for one input size. */
export type Network = {
	readonly graph: Graph;
	/** `[1, classes]` or `[1, classes, height, width]`. */
	readonly logits: Value;
	/** The values that can be explained, in network order. */
	readonly layers: readonly Layer[];
	/** The name of the layer that is explained by default. */
	readonly defaultLayer: string;
};

/** A model file, read and understood. */
export type Model = {
	/** The path as given. */
	readonly file: string;
	/** All files that it was read from: its own, then those with its weights. */
	readonly files: readonly string[];
	readonly manifest: Manifest;
	readonly format: InputFormat;
	/** Class names, where known; safe for the screen. */
	readonly labels: readonly string[] | undefined;
	/** How the reading of the file departs from its letter, one sentence each. */
	readonly notes: readonly string[];
	/** Guesses about the preprocessing, one sentence each. */
	readonly guesses: readonly string[];
	/** The size that an image is resized to; without an image, the usual size. @throws {UsageError} If another size is asked for than the model fixes. */
	readonly inputSize: (image?: InputSize) => DecidedSize;
	/** The network for an input size; the last one is cached. @throws {ModelError} If the size or an operator does not fit. */
	readonly network: (size: InputSize) => Network;
};

/** A model with a runtime. */
export type LoadedModel = Model & {
	readonly runtime: Runtime;
	/** Why this runtime was chosen. */
	readonly runtimeReason: string;
	readonly dispose: () => Promise<void>;
};

/** @throws {ModelError} If there are several outputs and none is named. @throws {UsageError} If the named one does not exist. */
const chooseOutput = ({outputs, nodes}: ModelFile, wanted?: string) => {
	const known = outputs.join(', ');
	if (wanted === undefined) {
		if (outputs.length !== 1) {
			throw new ModelError(
				outputs.length === 0
					? 'it has no output; export it again'
					: `it has ${outputs.length} outputs (${known}); choose one with --output`,
			);
		}

		return outputs[0];
	}

	// Any value may be explained as if it were an output.
	if (
		!outputs.includes(wanted) &&
		!nodes.some((node) => node.outputs.includes(wanted))
	) {
		throw new UsageError(
			`The model has no output "${wanted}"; its outputs are ${known}`,
		);
	}

	return wanted;
};

/** Removes the inputs that a value does not depend on, such as the image size that detectors take besides the image. */
const withoutIdleInputs = (model: ModelFile, output: string): ModelFile => {
	const read = new Set(
		sortNodes(model.nodes, [output]).flatMap(({inputs}) => inputs),
	);
	return {
		...model,
		inputs: model.inputs.filter(({name}) => read.has(name) || name === output),
	};
};

const chooseLayer = (
	graph: Graph,
	layers: readonly Layer[],
	logits: Value,
	wanted?: string,
) => {
	if (wanted !== undefined) {
		return wanted;
	}

	const layer = defaultLayer(graph, layers, logits);
	if (!layer) {
		// Names the operator that blocks every path to the input, if one does.
		findPath(
			graph,
			logits.name,
			graph.inputs.map(({name}) => name),
		);
		throw new ModelError(
			`no layer before "${logits.name}" can be explained: it has no picture [1, channels, height, width] from which a derivative leads there; choose another output with --output`,
		);
	}

	return layer.name;
};

/**
Reads a model and its manifest without opening a runtime.

@param file A model file; `gradcam.json` beside it is read too.
@param options Overrides the manifest.
@throws {UsageError} If a file cannot be read or the manifest is broken.
@throws {ModelError} If the model cannot be explained.
*/
export const openModel = async (
	file: string,
	options: Manifest = {},
): Promise<Model> => {
	const beside = await readHuggingFace(file);
	const manifest = await readManifest(file, options, beside.manifest);
	const whole = await readModelFile(file);
	try {
		const output = chooseOutput(whole, manifest.output);
		const modelFile = withoutIdleInputs(whole, output);
		const {format, guesses} = decideInputFormat(modelFile, manifest);
		let last: {key: string; network: Network} | undefined;
		const network = (size: InputSize): Network => {
			const shape = inputShape(format, size);
			const key = shape.join(' ');
			if (last?.key !== key) {
				try {
					const graph = pictureTokens(
						normalise(modelFile, {
							shapes: new Map([[format.name, shape]]),
							outputs: [output],
						}),
					);
					const logits = findLogits(graph, output);
					checkLabels(manifest, logits);
					const layers = explainableValues(graph, logits.name);
					last = {
						key,
						network: {
							graph,
							logits,
							layers,
							defaultLayer: chooseLayer(graph, layers, logits, manifest.layer),
						},
					};
				} catch (error) {
					throw inFile(error, file);
				}
			}

			return last.network;
		};

		return {
			file,
			files: whole.files,
			manifest,
			format,
			labels: (await readLabels(manifest)) ?? beside.labels,
			notes: [...modelFile.notes, ...beside.notes],
			guesses,
			inputSize: (image) =>
				findFittingSize(
					decideInputSize(format, manifest, image),
					format,
					network,
				),
			network,
		};
	} catch (error) {
		throw inFile(error, file);
	}
};

/**
Loads a model and opens a runtime for it.

```
const model = await loadModel('deeplab.onnx', {palette: 'voc'});
const [{map}] = await explain(model, 'street.jpg', {pixel: {x: 120, y: 80}});
await model.dispose();
```

@param file A model file; `gradcam.json` beside it is read too.
@param options Fields that override the manifest, and the runtime.
@throws {UsageError} If a file cannot be read, the manifest is broken, or the runtime cannot be used.
@throws {ModelError} If the model cannot be explained.
*/
export const loadModel = async (
	file: string,
	{runtime: name, threads, ...manifest}: LoadOptions = {},
): Promise<LoadedModel> => {
	const model = await openModel(file, manifest);
	const {runtime, reason} = await selectRuntime(name, {threads});
	return {
		...model,
		runtime,
		runtimeReason: reason,
		dispose: runtime.dispose,
	};
};
