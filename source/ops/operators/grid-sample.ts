import {elementCount} from '../../graph/tensor.js';
import type {DenseAdjoint, SparseAdjoint} from '../adjoint/adjoint.js';
import {unmixRows} from '../adjoint/unmix-rows.js';
import type {ReverseContext} from '../rules/adjoint.js';
import {toNchw} from '../rules/layout.js';
import type {Operator} from '../operator.js';
import {
	lowerNeighbours,
	neighbours,
	readSampling,
	type Sampling,
} from '../families/neighbours.js';
import {shapeOf} from '../node/shapes.js';

/** Lists what point `point` of the grid is mixed from: position, weight, and the weight's derivatives along x and y. */
const samplesAt = (grid: Float32Array, point: number, sampling: Sampling) => {
	const [columns, rows] = sampling.sizes.map((size, axis) =>
		neighbours(grid[2 * point + axis], size, sampling).filter(
			([index]) => index >= 0,
		),
	);
	const [width] = sampling.sizes;
	return rows.flatMap(([row, high, steep]) =>
		columns.map(
			([column, wide, slope]) =>
				[
					row * width + column,
					high * wide,
					high * slope,
					steep * wide,
				] as const,
		),
	);
};

const gridOf = (context: ReverseContext): Float32Array => {
	const constant = context.constant(1)?.data;
	return constant instanceof Float32Array ? constant : context.input(1);
};

const dense = (
	context: ReverseContext,
	[adjoint]: ReadonlyArray<DenseAdjoint | undefined>,
) => {
	const sampling = readSampling(context);
	const grid = gridOf(context);
	const {seeds, data} = adjoint!;
	const {output, sizes} = sampling;
	const [batch, channels] = output;
	const cells = elementCount(sizes);
	const points = elementCount(output.slice(2));
	const passed = new Float32Array(seeds * batch * channels * cells);
	const isGridWanted = context.wanted(1) && !sampling.isNearest;
	const slopes = new Float32Array(isGridWanted ? seeds * grid.length : 0);
	const x = isGridWanted ? context.input(0) : passed;
	const samples = Array.from({length: batch * points}, (_, point) =>
		samplesAt(grid, point, sampling),
	);
	const planes = batch * channels;
	for (let plane = 0; plane < seeds * planes; plane++) {
		const first = Math.trunc((plane % planes) / channels) * points;
		const along = Math.trunc(plane / planes) * grid.length;
		for (let point = first; point < first + points; point++) {
			const g = data[plane * points + point - first];
			for (const [position, weight, dx, dy] of samples[point]) {
				passed[plane * cells + position] += g * weight;
				if (isGridWanted) {
					const value = g * x[(plane % planes) * cells + position];
					slopes[along + 2 * point] += dx * value;
					slopes[along + 2 * point + 1] += dy * value;
				}
			}
		}
	}

	return [
		{...adjoint!, shape: shapeOf(context, 0), data: passed},
		isGridWanted
			? {...adjoint!, shape: shapeOf(context, 1), data: slopes}
			: undefined,
	];
};

const sparse = (
	context: ReverseContext,
	[adjoint]: ReadonlyArray<SparseAdjoint | undefined>,
) => {
	const sampling = readSampling(context);
	if (
		adjoint!.uniform !== undefined ||
		(context.wanted(1) && !sampling.isNearest)
	) {
		return undefined;
	}

	const grid = gridOf(context);
	return [
		unmixRows(adjoint!, shapeOf(context, 0), (point) =>
			samplesAt(grid, point, sampling).map(([position, weight]) => [
				position,
				weight,
			]),
		),
	];
};

/** Reads a picture at the positions in a grid, interpolating between pixels. @see https://onnx.ai/onnx/operators/onnx__GridSample.html */
export const GridSample: Operator = {
	infer: (view) => [{type: 'float32', shape: readSampling(view).output}],
	adjoint: {
		needs(view) {
			const {isNearest} = readSampling(view);
			const values = isNearest ? [1] : [0, 1];
			return {inputs: view.constant(1) ? [] : values};
		},
		dense,
		sparse,
	},
	lower: {
		apply(engine, view, [x, grid]) {
			const sampling = readSampling(view);
			const {output, sizes} = sampling;
			const [batch, channels, rows, columns] = output;
			const [width, height] = sizes;
			const points = batch * rows * columns;
			const list = engine.reshape(toNchw(engine, grid!), [points, 2]);
			const [across, down] = sizes.map((size, axis) =>
				lowerNeighbours(
					engine,
					engine.slice(list, [0, axis], [points, 1]),
					size,
					sampling,
				),
			);
			const pictures = engine.tensor(
				Float32Array.from(
					{length: points},
					(_, point) => Math.trunc(point / (rows * columns)) * height * width,
				),
				[points, 1],
			);
			const cells = engine.reshape(x!, [batch * height * width, channels]);
			const parts = down.flatMap(([row, high]) =>
				across.map(([column, wide]) => {
					const from = engine.add(
						engine.add(pictures, engine.mul(row, width)),
						column,
					);
					const indices = engine.reshape(engine.cast(from, 'int32'), [points]);
					return engine.mul(
						engine.gather(cells, indices),
						engine.mul(high, wide),
					);
				}),
			);
			return engine.reshape(
				parts.length === 1 ? parts[0] : engine.addN(parts),
				[batch, rows, columns, channels],
			);
		},
	},
};
