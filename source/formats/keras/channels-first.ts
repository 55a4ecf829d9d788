import {ModelError} from '../../errors.js';
import type {Config} from './config.js';
import type {LayerCall} from './layers/layer.js';

/** Whether a layer puts the channels before height and width. */
export const hasChannelsFirst = (config: Config): boolean =>
	config.raw('data_format') === 'channels_first';

/** Writes a layer with channels first as the same layer with channels last. Nothing has to move, since `[N, C, H, W]` is ONNX's own order. @throws {ModelError} If it reads a sequence rather than a picture. */
export const asChannelsLast = (
	call: LayerCall,
	write: (call: LayerCall) => void,
): void => {
	const {writer, inputs, outputs, config} = call;
	const sequence = inputs.find((name) => writer.shapeOf(name).length === 3);
	if (sequence !== undefined) {
		throw new ModelError(
			`Layer ${config.layer} has the channels of a sequence first ([${writer.shapeOf(sequence).join(', ')}]); save the model with data_format "channels_last"`,
		);
	}

	write({...call, inputs: inputs.map((name) => writer.channelsLast(name))});
	for (const output of outputs) {
		writer.putChannelsFirst(output);
	}
};
