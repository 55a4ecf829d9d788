import {ModelError} from '../../errors.js';
import type {Config} from './config.js';
import type {LayerCall} from './layers/layer.js';

/** Whether a layer counts the channels of a picture before its height and width. */
export const hasChannelsFirst = (config: Config): boolean =>
	config.raw('data_format') === 'channels_first';

/** Writes a layer that has its channels first as the same layer with channels last. Nothing is moved for that: its `[N, C, H, W]` is what a picture is in ONNX's words. @throws {ModelError} Where it reads no picture, but a sequence. */
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
