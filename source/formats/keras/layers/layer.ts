import {ModelError} from '../../../errors.js';
import {
	activations,
	steepHardSigmoid,
	type Activation,
} from '../../channels-last/activations.js';
import type {Alignment} from '../../channels-last/resizing.js';
import type {ChannelsLastWriter} from '../../channels-last/writer.js';
import type {Config} from '../config.js';

/** The differences between the versions of Keras, and TensorFlow.js. */
export type Dialect = {
	/** How UpSampling2D scales bilinearly. */
	readonly upSampling: Alignment;
	/** Whether the hard sigmoid is that of Keras 2: `0.2 · x + 0.5`. */
	readonly hasSteepHardSigmoid: boolean;
};

/** A call of a layer, and what it takes to write it. */
export type LayerCall = {
	readonly writer: ChannelsLastWriter;
	/** The name of its output, or of the first of several. */
	readonly output: string;
	readonly outputs: readonly string[];
	/** The names of its inputs. */
	readonly inputs: readonly string[];
	readonly config: Config;
	/** The name of one of its weights. */
	readonly weight: (name: string) => string;
	readonly dialect: Dialect;
};

/**
One layer of Keras.

To add one, put it under its class name in the table of its kind, in this folder.
*/
export type KerasLayer = {
	/** Names of its weights, in Keras' order; none by default. */
	readonly weights?: (config: Config) => readonly string[];
	/** The number of its outputs; one by default. */
	readonly outputs?: (config: Config) => number;
	readonly write: (call: LayerCall) => void;
};

/** Layers by class name. */
export type KerasLayers = Readonly<Record<string, KerasLayer>>;

/** The activation that a layer names. @throws {ModelError} If it is not one of Keras' own. */
const findActivation = (
	name: string,
	{layer}: Config,
	{hasSteepHardSigmoid}: Dialect,
): Activation => {
	if (name === 'hard_sigmoid' && hasSteepHardSigmoid) {
		return steepHardSigmoid;
	}

	// TensorFlow.js writes some names in camel case.
	const known = name
		.replaceAll(/(?<=[a-z])[A-Z]/gv, (letter) => `_${letter}`)
		.toLowerCase();
	if (!Object.hasOwn(activations, known)) {
		throw new ModelError(
			`Layer ${layer} has the activation "${name}", which is not known; these are: ${Object.keys(activations).join(', ')}`,
		);
	}

	return activations[known];
};

/** Writes a layer and its built-in activation. The value before the activation gets a name of its own, so that it can be explained too. */
export const withActivation = (
	call: LayerCall,
	write: (output: string) => void,
): void => {
	const {writer, output, config, dialect} = call;
	const name = config.text('activation', 'linear');
	if (name === 'linear') {
		write(output);
		return;
	}

	const before = `${output}:linear`;
	write(before);
	findActivation(name, config, dialect)(writer, output, before);
};
