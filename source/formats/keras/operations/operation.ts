import {ModelError} from '../../../errors.js';
import {isRecord} from '../../tfjs/model-json.js';
import type {KerasLayer, LayerCall} from '../layers/layer.js';

/** A function that Keras keeps as a layer. */
export type Operation = KerasLayer & {
	/** Names of what it takes besides operands; none where left out. */
	readonly settings?: readonly string[];
};

/** Functions by the names that a file has for them. */
export type Operations = Readonly<Record<string, Operation>>;

/**
Whole numbers of a setting: written down, or what layers make of sizes; `null` is −1, the size that is left.

@throws {ModelError} Where a layer computes them of more than sizes, or they are none.
*/
export const readSizes = (
	call: Pick<LayerCall, 'config' | 'inputs' | 'writer'>,
	name: string,
	value: unknown = call.config.raw(name),
): number[] => {
	const {config, inputs, writer} = call;
	if (Array.isArray(value)) {
		return value.flatMap((each) => readSizes(call, name, each ?? -1));
	}

	if (isRecord(value) && typeof value.operand === 'number') {
		return writer.numbers(
			inputs[value.operand],
			`Layer ${config.layer}: its ${name}`,
		);
	}

	if (typeof value !== 'number') {
		throw new ModelError(
			`Layer ${config.layer} has "${name}": ${JSON.stringify(value)}, which are not whole numbers; save the model again`,
		);
	}

	return [value];
};
