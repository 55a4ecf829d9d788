import {defaultLayer} from '../../autodiff/default-layer.js';
import {explainableValues, type Layer} from '../../autodiff/explainable.js';
import {findPath} from '../../autodiff/path.js';
import {ModelError, UsageError} from '../../errors.js';
import type {ModelFile} from '../../formats/model-file.js';
import {findLogits} from '../../graph/logits/find-logits.js';
import type {Graph, Value} from '../../graph/graph.js';
import {sortNodes} from '../../graph/sort-nodes.js';
import type {Manifest} from './manifest.js';
import {checkLabels} from './read-manifest.js';

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

/** The name of the output to explain. @throws {ModelError} If there are several and none is named. @throws {UsageError} If the named one does not exist. */
export const chooseOutput = (
	{outputs, nodes}: ModelFile,
	wanted?: string,
): string => {
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
export const withoutIdleInputs = (
	model: ModelFile,
	output: string,
): ModelFile => {
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
Finds in a graph what is explained: the logits, the layers, and the default one.

@param output The output that the logits lie behind.
@throws {ModelError} If nothing can be explained. @throws {UsageError} If the manifest does not fit.
*/
export const readNetwork = (
	graph: Graph,
	output: string,
	manifest: Manifest,
): Network => {
	const logits = findLogits(graph, output);
	checkLabels(manifest, logits);
	const layers = explainableValues(graph, logits.name);
	return {
		graph,
		logits,
		layers,
		defaultLayer: chooseLayer(graph, layers, logits, manifest.layer),
	};
};
