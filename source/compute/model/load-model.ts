import {normalise} from '../../formats/normalise/normalise.js';
import {pictureTokens} from '../../graph/pictures/picture-tokens.js';
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
import {
	chooseOutput,
	type Network,
	readNetwork,
	withoutIdleInputs,
} from './network.js';
import {readLabels, readManifest} from './read-manifest.js';
import {inFile, readModelFile} from './read-model.js';

/** How a model is loaded: the manifest's fields, which these override. */
export type LoadOptions = Manifest & {
	/** The name of a runtime, or `auto` for the fastest that works. */
	readonly runtime?: string;
	/** Threads of the forward pass; one for each core where left out. */
	readonly threads?: number;
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
	/** Where the model as it was read differs from the file, one sentence each. */
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
					last = {key, network: readNetwork(graph, output, manifest)};
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
