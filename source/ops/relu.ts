import type {Adjoint} from './adjoint/adjoint.js';
import {densify, seedSize} from './adjoint/dense.js';
import {channelCount, positionCount} from './adjoint/extent.js';
import {gatesOf} from './adjoint/gates.js';
import type {ReverseContext} from './adjoint/rule.js';
import {unary} from './elementwise/unary.js';
import type {Operator} from './operator.js';

/**
Keeps what the forward pass let through.

Written out rather than as a slope for each element, since every walk does it at every layer; multiplied rather than chosen, since a choice would be guessed wrong every other time.
*/
const mask = (
	context: ReverseContext,
	[adjoint]: ReadonlyArray<Adjoint | undefined>,
): readonly Adjoint[] => {
	const y = context.output(0);
	if (adjoint!.kind === 'dense' || adjoint!.uniform) {
		const dense = densify(adjoint!);
		const size = seedSize(dense);
		const data = new Float32Array(dense.data.length);
		for (let base = 0; base < data.length; base += size) {
			for (let at = 0; at < size; at++) {
				data[base + at] = dense.data[base + at] * Number(y[at] > 0);
			}
		}

		return [{...dense, data}];
	}

	const {shape, positions, rows: passed} = adjoint!;
	const channels = channelCount(shape);
	const gates = gatesOf(y, channels, positionCount(shape));
	const rows = new Float32Array(passed.length);
	for (const [row, position] of positions.entries()) {
		const open = gates(position);
		const from = row * channels;
		for (let channel = 0; channel < channels; channel++) {
			rows[from + channel] = passed[from + channel] * open[channel];
		}
	}

	return [{...adjoint!, rows}];
};

/** `max(x, 0)`; its slope at 0 is 0, as everywhere in the field. @see https://onnx.ai/onnx/operators/onnx__Relu.html */
export const Relu: Operator = {
	...unary({
		value: (x) => Math.max(x, 0),
		lower: (engine, x) => engine.relu(x),
	}),
	adjoint: {
		rectifies: () => true,
		needs: () => ({outputs: [0]}),
		dense: mask,
		sparse: mask,
	},
};
