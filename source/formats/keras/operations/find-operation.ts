import {ModelError} from '../../../errors.js';
import type {JsonRecord} from '../../tfjs/model-json.js';
import type {KerasLayer} from '../layers/layer.js';
import type {ListedLayer} from '../topology.js';
import {kerasOps} from './keras-ops.js';
import type {Operations} from './operation.js';
import {tensorflowFunctions} from './tensorflow.js';

/** The function's name, the table to look it up in, and its name in messages. */
const nameOf = ({
	className,
	config,
}: ListedLayer): {
	name: string;
	operations: Operations;
	called: string;
} => {
	const name =
		typeof config.function === 'string' ? config.function : className;
	return className === name
		? {name, operations: kerasOps, called: `keras.ops' ${name}`}
		: {name, operations: tensorflowFunctions, called: `tf.${name}`};
};

/**
Finds the function behind a layer.

@throws {ModelError} If it, or one of its arguments, is not known.
*/
export const findOperation = (
	layer: ListedLayer,
	settings: JsonRecord,
): KerasLayer => {
	const {name, operations, called} = nameOf(layer);
	if (!Object.hasOwn(operations, name)) {
		throw new ModelError(
			`Layer ${layer.name} is the operation ${called}, which is not known; use a layer of Keras instead and save the model again, or convert it to ONNX with tf2onnx`,
		);
	}

	const operation = operations[name];
	const known = new Set(['name', ...(operation.settings ?? [])]);
	// What is false or null asks for nothing.
	const unknown = Object.entries(settings).find(
		([setting, value]) =>
			!known.has(setting) && value !== false && value !== null,
	);
	if (unknown !== undefined) {
		throw new ModelError(
			`Layer ${layer.name} (${called}) has the argument "${unknown[0]}", which is not known; leave it out and save the model again, or convert it to ONNX with tf2onnx`,
		);
	}

	return operation;
};
