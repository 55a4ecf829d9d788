import {ModelError} from '../../errors.js';
import type {ModelFile} from '../model-file.js';
import {isRecord} from '../tfjs/model-json.js';
import {readHdf5} from './hdf5.js';
import {isKeras3, readNetwork} from './network.js';
import {readTopology} from './topology.js';
import {findByName} from './weights.js';

/** Where Keras 2 puts the weights of a whole model. */
const folder = 'model_weights/';

const parse = (text: string | undefined): unknown => {
	if (text === undefined) {
		throw new ModelError(
			'The file holds weights without a model (no "model_config"); save the whole model with model.save("model.keras"), not model.save_weights',
		);
	}

	try {
		return JSON.parse(text);
	} catch {
		throw new ModelError(
			'The model\'s config ("model_config") is not JSON; save the model again',
		);
	}
};

/**
Reads an `.h5` file, Keras' older format.

@throws {ModelError} If it is damaged, holds no config, a layer is not known, or weights are missing.
*/
export const decodeKerasH5 = async (bytes: Uint8Array): Promise<ModelFile> => {
	const {attributes, weights} = await readHdf5(bytes);
	const config = parse(attributes.get('model_config'));
	if (!isRecord(config) || typeof config.class_name !== 'string') {
		throw new ModelError(
			'The model\'s config ("model_config") holds no model; save the model again',
		);
	}

	return readNetwork({
		topology: readTopology(config.class_name, config.config),
		isKeras3: isKeras3(attributes.get('keras_version') ?? '2'),
		backend: attributes.get('backend') ?? 'tensorflow',
		findWeight: findByName(
			new Map(
				[...weights]
					.filter(([name]) => name.startsWith(folder))
					.map(([name, tensor]) => [name.slice(folder.length), tensor]),
			),
		),
	});
};
