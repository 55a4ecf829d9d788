import {ModelError} from '../../errors.js';
import type {Tensor} from '../../graph/tensor.js';
import {readNetwork} from '../keras/network.js';
import {findByName} from '../keras/weights.js';
import type {ModelFile} from '../model-file.js';
import {isRecord, type ModelJson} from '../tfjs/model-json.js';

const textOf = (value: unknown) => (typeof value === 'string' ? value : '');

/**
Reads a layers-model of TensorFlow.js.

@param weights What `readWeights` made of its list of weights.
@throws {ModelError} When a layer is not known, or weights are missing.
*/
export const decodeLayersModel = (
	{modelTopology}: ModelJson,
	weights: ReadonlyMap<string, Tensor>,
): ModelFile => {
	// Converted from Keras, the topology holds the model's config; saved by TensorFlow.js, it is it.
	const model = isRecord(modelTopology.model_config)
		? modelTopology.model_config
		: modelTopology;
	if (typeof model.class_name !== 'string') {
		throw new ModelError(
			'The model holds neither layers nor a graph ("modelTopology" has no "class_name"); convert it again with tensorflowjs_converter',
		);
	}

	return readNetwork({
		className: model.class_name,
		config: model.config,
		version: textOf(modelTopology.keras_version),
		backend: textOf(modelTopology.backend),
		findWeight: findByName(weights),
	});
};
