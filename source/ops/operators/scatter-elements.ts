import {ModelError} from '../../errors.js';
import {elementCount} from '../../graph/tensor.js';
import type {DenseAdjoint, SparseAdjoint} from '../adjoint/adjoint.js';
import {hasChannels} from '../adjoint/extent.js';
import {perNode} from '../adjoint/per-node.js';
import type {ReverseContext} from '../rules/adjoint.js';
import {
	lowerOffsets,
	takenOffsets,
	takingOf,
} from '../families/movement/along-axis.js';
import {moveElements} from '../families/movement/rows.js';
import type {NodeView} from '../node/view.js';
import type {Operator} from '../operator.js';
import {shapeOf, shapeText} from '../node/shapes.js';

/** The most positions for computed indices, which runtimes return in single precision. */
const mostPlaces = 2 ** 24;

/** By indices, the results of `readWriters`: computed once per image. */
const knownWriters = perNode(() => new WeakMap<object, Int32Array>());

/** For each element of the result, the update that it holds, the last of several as in runtimes; −1 if it keeps the old value. */
const readWriters = (context: ReverseContext): Int32Array => {
	const indices = context.constant(1)?.data ?? context.input(1);
	const known = knownWriters(context);
	let writers = known.get(indices);
	if (!writers) {
		const taking = takingOf(context);
		writers = new Int32Array(elementCount(taking.shape)).fill(-1);
		for (const [update, place] of takenOffsets(taking, indices).entries()) {
			writers[place] = update;
		}

		known.set(indices, writers);
	}

	return writers;
};

const dense = (
	context: ReverseContext,
	[adjoint]: ReadonlyArray<DenseAdjoint | undefined>,
) => {
	const writers = readWriters(context);
	const {seeds, data} = adjoint!;
	const updates = shapeOf(context, 2);
	const count = elementCount(updates);
	const kept = new Float32Array(data.length);
	const written = new Float32Array(seeds * count);
	for (const [at, value] of data.entries()) {
		const writer = writers[at % writers.length];
		if (writer < 0) {
			kept[at] = value;
		} else {
			written[Math.trunc(at / writers.length) * count + writer] = value;
		}
	}

	return [
		{...adjoint!, data: kept},
		undefined,
		{...adjoint!, shape: updates, data: written},
	];
};

const sparse = (
	context: ReverseContext,
	[adjoint]: ReadonlyArray<SparseAdjoint | undefined>,
) => {
	const updates = shapeOf(context, 2);
	if (
		!hasChannels(updates) ||
		adjoint!.uniform !== undefined ||
		context.wanted(0)
	) {
		return undefined;
	}

	const writers = readWriters(context);
	const moved = moveElements(adjoint!, updates, (place) => writers[place]);
	return moved && [undefined, undefined, moved];
};

/** Indices must be few enough to be told apart, and updates as many. */
const check = (view: NodeView): void => {
	const [shape, indices, updates] = [0, 1, 2].map((index) =>
		shapeOf(view, index),
	);
	if (String(indices) !== String(updates)) {
		throw new ModelError(
			`Node ${view.node.name}: indices ${shapeText(indices)} do not fit updates ${shapeText(updates)}; export the model again`,
		);
	}

	if (elementCount(shape) > mostPlaces) {
		throw new ModelError(
			`Node ${view.node.name}: ScatterElements has more than ${mostPlaces} places to write to; choose a smaller --input-size`,
		);
	}
};

/** Writes single elements along an axis, each at its index; the others stay. @see https://onnx.ai/onnx/operators/onnx__ScatterElements.html */
export const ScatterElements: Operator = {
	infer(view) {
		check(view);
		return [{type: view.inputs[0]!.type, shape: shapeOf(view, 0)}];
	},
	adjoint: {needs: () => ({inputs: [1]}), dense, sparse},
	lower: {
		layout: 'onnx',
		apply(engine, view, [x, indices, updates]) {
			const taking = takingOf(view);
			const places = lowerOffsets(engine, taking, indices!);
			return engine.reshape(
				engine.tensorScatterUpdate(
					engine.reshape(x!, [-1]),
					engine.reshape(places, [-1, 1]),
					engine.reshape(updates!, [-1]),
				),
				[...taking.shape],
			);
		},
	},
};
