import {ModelError} from '../../../errors.js';
import {isRecord} from '../../tfjs/model-json.js';
import type {KerasLayer, LayerCall} from '../layers/layer.js';

/** A function that Keras stores as a layer. */
export type Operation = KerasLayer & {
	/** The names of its arguments besides the operands; none by default. */
	readonly settings?: readonly string[];
};

/** Functions by their names in the file. */
export type Operations = Readonly<Record<string, Operation>>;

/**
Reads whole numbers from a setting: written down, or computed from sizes. `null` is −1, the size that is left.

@throws {ModelError} If they are computed from more than sizes, or are not whole numbers.
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
