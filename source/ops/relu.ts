import type {Adjoint} from './adjoint/adjoint.js';
import {densify, seedSize} from './adjoint/dense.js';
import {channelCount, positionCount} from './adjoint/extent.js';
import type {ReverseContext} from './adjoint/rule.js';
import {unary} from './elementwise/unary.js';
import type {Operator} from './operator.js';

/** Written out rather than as a slope for each element: every walk through a network does this at every layer. */
const mask = (
	context: ReverseContext,
	[adjoint]: ReadonlyArray<Adjoint | undefined>,
): readonly Adjoint[] => {
	const y = context.output(0);
	if (adjoint!.kind === 'dense' || adjoint!.uniform) {
		const dense = densify(adjoint!);
		const size = seedSize(dense);
		const data = new Float32Array(dense.data);
		for (let index = 0, at = 0; index < data.length; index++) {
			if (!(y[at] > 0)) {
				data[index] = 0;
			}

			at = at + 1 === size ? 0 : at + 1;
		}

		return [{...dense, data}];
	}

	const {shape, positions} = adjoint!;
	const channels = channelCount(shape);
	const space = positionCount(shape);
	const rows = new Float32Array(adjoint!.rows);
	for (const [row, position] of positions.entries()) {
		const end = (row + 1) * channels;
		let at = position;
		for (let index = row * channels; index < end; index++) {
			if (!(y[at] > 0)) {
				rows[index] = 0;
			}

			at += space;
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
	adjoint: {needs: () => ({outputs: [0]}), dense: mask, sparse: mask},
};
