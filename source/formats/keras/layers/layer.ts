import {ModelError} from '../../../errors.js';
import {
	activations,
	steepHardSigmoid,
	type Activation,
} from '../../channels-last/activations.js';
import type {Alignment} from '../../channels-last/resizing.js';
import type {ChannelsLastWriter} from '../../channels-last/writer.js';
import type {Config} from '../config.js';

/** In what the versions of Keras, and TensorFlow.js, differ. */
export type Dialect = {
	/** How UpSampling2D scales bilinearly. */
	readonly upSampling: Alignment;
	/** The hard sigmoid is the one of Keras 2: `0.2 · x + 0.5`. */
	readonly hasSteepHardSigmoid: boolean;
};

/** A layer that is about to be written. */
export type LayerCall = {
	readonly writer: ChannelsLastWriter;
	/** The name of what it makes; of the first where those are several. */
	readonly output: string;
	readonly outputs: readonly string[];
	/** Names of what it is given. */
	readonly inputs: readonly string[];
	readonly config: Config;
	/** The name of one of its weights. */
	readonly weight: (name: string) => string;
	readonly dialect: Dialect;
};

/**
One layer of Keras.

To add one: write it under its class name into the table of its kind, in this folder.
*/
export type KerasLayer = {
	/** Names of its weights, in the order that Keras keeps them in; none where left out. */
	readonly weights?: (config: Config) => readonly string[];
	/** How many values it makes; one where left out. */
	readonly outputs?: (config: Config) => number;
	readonly write: (call: LayerCall) => void;
};

/** Layers by the names of their classes. */
export type KerasLayers = Readonly<Record<string, KerasLayer>>;

/** The function that a layer names. @throws {ModelError} When it is not one of Keras' own. */
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

/** What comes before a layer's own activation is written under a name of its own, so that it can be a layer too. */
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
