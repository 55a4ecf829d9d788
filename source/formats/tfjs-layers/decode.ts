import {ModelError} from '../../errors.js';
import type {Tensor} from '../../graph/tensor.js';
import {findByGroup} from '../keras/groups.js';
import {isKeras3, readNetwork} from '../keras/network.js';
import {readTopology} from '../keras/topology.js';
import {findByName} from '../keras/weights.js';
import type {ModelFile} from '../model-file.js';
import {isRecord, type ModelJson} from '../tfjs/model-json.js';

const textOf = (value: unknown) => (typeof value === 'string' ? value : '');

/** Whether weights are called as in the archive of Keras that was converted. */
const areInGroups = (weights: ReadonlyMap<string, Tensor>) =>
	[...weights.keys()].some((name) => /\/vars\/\d+$/v.test(name));

/**
Reads a layers-model of TensorFlow.js.

@param weights What `readWeights` made of its list of weights.
@throws {ModelError} If a layer is not known, or weights are missing.
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

	const topology = readTopology(model.class_name, model.config);
	const saved3 = isKeras3(textOf(modelTopology.keras_version));
	const find = areInGroups(weights)
		? findByGroup(weights, topology, {leavesNumbersOut: saved3})
		: findByName(weights);
	return readNetwork({
		topology,
		isKeras3: saved3,
		backend: textOf(modelTopology.backend),
		findWeight(names, name, index) {
			const tensor = find(names, name, index);
			const layer = names.at(-1)!;
			if (!tensor && layer.includes('/')) {
				throw new ModelError(
					`The weights "${name}" of layer ${layer} are missing, as tensorflowjs_converter forgets layers that are named after another one and a slash; give the .h5 or .keras file itself`,
				);
			}

			return tensor;
		},
	});
};
