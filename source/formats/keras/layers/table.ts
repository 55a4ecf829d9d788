import {ModelError} from '../../../errors.js';
import {activationLayers} from './activation.js';
import {attentionLayers} from './attention.js';
import {convolutionLayers} from './convolution.js';
import type {KerasLayer, KerasLayers} from './layer.js';
import {mergingLayers} from './merging.js';
import {normalizationLayers} from './normalization.js';
import {passingLayers} from './passing.js';
import {poolingLayers} from './pooling.js';
import {shapingLayers} from './shaping.js';

const layers: KerasLayers = {
	...activationLayers,
	...attentionLayers,
	...convolutionLayers,
	...mergingLayers,
	...normalizationLayers,
	...passingLayers,
	...poolingLayers,
	...shapingLayers,
};

/** Classes that are left out on purpose, and what to do instead. */
const reasons: ReadonlyArray<readonly [RegExp, string]> = [
	[
		/Lambda/v,
		'holds code of its own, which is never run; replace it by a layer of Keras (Rescaling, Resizing, Activation …) and save the model again',
	],
	[
		/^(?:LSTM|GRU|SimpleRNN|Bidirectional|RNN|TimeDistributed|ConvLSTM)/v,
		'works step by step through time; use a model of single images',
	],
	[
		/[13]D$|[13]DTranspose$/v,
		'works on sequences or volumes; use a model of images',
	],
];

/** Finds the layer of a class. @throws {ModelError} If it is not known. */
export const findLayer = (className: string, name: string): KerasLayer => {
	if (Object.hasOwn(layers, className)) {
		return layers[className];
	}

	const reason = reasons.find(([pattern]) => pattern.test(className))?.[1];
	throw new ModelError(
		`Layer ${name} is of the class ${className}, which ${reason ?? `is not known; these are: ${Object.keys(layers).toSorted().join(', ')}`}`,
	);
};
