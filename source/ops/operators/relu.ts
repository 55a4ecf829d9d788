import type {DenseAdjoint} from '../adjoint/adjoint.js';
import {seedSize} from '../adjoint/dense.js';
import {channelCount, positionCount} from '../adjoint/extent.js';
import {gatesOf} from '../adjoint/gates.js';
import type {ReverseContext} from '../rules/adjoint.js';
import {unary} from '../families/elementwise/unary.js';
import type {Operator} from '../operator.js';
import {maskRows} from '../simd/mask-rows.js';

/** Zeroes what the forward pass did not let through, in place. */
const overwrite = (
	context: ReverseContext,
	positions: Int32Array,
	rows: Float32Array,
): void => {
	const {shape} = context.outputs[0];
	const channels = channelCount(shape);
	const gates = gatesOf(context.output(0), channels, positionCount(shape));
	const mask = maskRows({data: rows, step: channels}, gates.rows, channels);
	for (let row = 0; row < positions.length; row++) {
		mask(row, gates.rowOf(positions[row]));
	}
};

const maskWhole = (context: ReverseContext, adjoint: DenseAdjoint) => {
	const y = context.output(0);
	const size = seedSize(adjoint);
	const data = new Float32Array(adjoint.data.length);
	for (let base = 0; base < data.length; base += size) {
		for (let at = 0; at < size; at++) {
			data[base + at] = adjoint.data[base + at] * Number(y[at] > 0);
		}
	}

	return {...adjoint, data};
};

/** `max(x, 0)`; its slope at 0 is 0, as in other frameworks. @see https://onnx.ai/onnx/operators/onnx__Relu.html */
export const Relu: Operator = {
	...unary({
		value: (x) => Math.max(x, 0),
		lower: (engine, x) => engine.relu(x),
	}),
	adjoint: {
		rectifies: () => true,
		needs: () => ({outputs: [0]}),
		dense: (context, [adjoint]) => [maskWhole(context, adjoint!)],
		sparse(context, [adjoint]) {
			if (adjoint!.uniform) {
				return undefined;
			}

			const rows = context.allocate(adjoint!.rows.length);
			rows.set(adjoint!.rows);
			overwrite(context, adjoint!.positions, rows);
			return [{...adjoint!, rows}];
		},
		overwrite,
	},
};
