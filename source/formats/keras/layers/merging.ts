import {steps} from '../../channels-last/elementwise.js';
import {concatenate} from '../../channels-last/shaping.js';
import type {KerasLayer, KerasLayers, LayerCall} from './layer.js';

/** Applies an operator to the inputs pair by pair, from left to right. */
const fold = (
	{writer, output, inputs}: LayerCall,
	opType: string,
	result = output,
) => {
	const {apply} = steps(writer, output);
	let [merged] = inputs;
	for (const [index, name] of inputs.slice(1).entries()) {
		const isLast = index === inputs.length - 2;
		merged = apply(opType, [merged, name], isLast ? result : undefined);
	}
};

const merging = (opType: string): KerasLayer => ({
	write(call) {
		fold(call, opType);
	},
});

/** Layers with several inputs. */
export const mergingLayers: KerasLayers = {
	Add: merging('Add'),
	Average: {
		write(call) {
			const {writer, output, inputs} = call;
			const sum = writer.temporary(output);
			const {finish, number} = steps(writer, output);
			fold(call, 'Add', sum);
			finish('Mul', [sum, number(1 / inputs.length)]);
		},
	},
	Concatenate: {
		write({writer, output, inputs, config}) {
			concatenate(writer, output, inputs, config.number('axis', -1));
		},
	},
	// Of InceptionResNetV2, a layer of keras.applications.
	CustomScaleLayer: {
		write({writer, output, inputs: [x, residual], config}) {
			const {apply, finish, number} = steps(writer, output);
			const scale = number(config.number('scale', 1));
			finish('Add', [x, apply('Mul', [residual, scale])]);
		},
	},
	Maximum: merging('Max'),
	Minimum: merging('Min'),
	Multiply: merging('Mul'),
	Subtract: merging('Sub'),
};
