import type {Graph} from '../../../graph/graph.js';
import type {AxisMix} from '../../../ops/families/interpolation.js';
import {resizeAxes} from '../../../ops/operators/resize.js';
import {viewOf} from '../../../ops/node/view.js';

/** How the output pixels along one axis are mixed from seeds: from `first` and `second`, the second with `weight`, 0–1. */
export type AxisTaps = {
	readonly first: Int32Array;
	readonly second: Int32Array;
	readonly weight: Float32Array;
};

/** Where walks start: the pixels of a value whose maps mix into the maps of the output's pixels. */
export type SeedGrid = {
	/** Its name: the low-resolution logits, or the logits themselves. */
	readonly value: string;
	/** Pixels. */
	readonly width: number;
	readonly height: number;
	/** By column of the output. */
	readonly columns: AxisTaps;
	/** By row of the output. */
	readonly rows: AxisTaps;
};

/** Whether the output has more pixels than there are seeds. */
export const isMixed = ({width, height, columns, rows}: SeedGrid): boolean =>
	columns.first.length * rows.first.length > width * height;

const unmixed = (length: number): AxisTaps => {
	const first = Int32Array.from({length}, (_, at) => at);
	return {first, second: first, weight: new Float32Array(length)};
};

const tapsOf = (mix: AxisMix | undefined, length: number): AxisTaps => {
	if (!mix) {
		return unmixed(length);
	}

	const {taps, coordinates, weights} = mix;
	const tap = (at: number) =>
		Int32Array.from(
			{length},
			(_, position) => coordinates[position * taps + at],
		);
	return {
		first: tap(0),
		second: tap(taps - 1),
		weight: Float32Array.from({length}, (_, position) =>
			taps === 1 ? 0 : weights[position * taps + 1],
		),
	};
};

/**
The fewest seeds that explain every pixel of some logits `[1, classes, height, width]`.

Where the head ends in a bilinear or nearest resize, a pixel's logit is a mix of at most four low-resolution logits, and so is its map before the ReLU if the method is linear in the gradient. Otherwise each pixel is its own seed.

@param isLinear Whether maps may be mixed.
*/
export const findSeedGrid = (
	graph: Graph,
	logits: string,
	isLinear: boolean,
): SeedGrid => {
	const [height, width] = graph.values.get(logits)!.shape.slice(2);
	const own: SeedGrid = {
		value: logits,
		width,
		height,
		columns: unmixed(width),
		rows: unmixed(height),
	};
	const node = graph.nodes.find(({outputs}) => outputs[0] === logits);
	if (!isLinear || node?.opType !== 'Resize') {
		return own;
	}

	const [batch, classes, rows, columns] = resizeAxes(viewOf(graph, node));
	const isCubic = [rows, columns].some((mix) => mix && mix.taps > 2);
	const [value] = node.inputs;
	const [innerHeight, innerWidth] = graph.values.get(value)!.shape.slice(2);
	const isMoreThanSpace = batch !== undefined || classes !== undefined;
	if (
		isMoreThanSpace ||
		isCubic ||
		innerHeight * innerWidth >= height * width
	) {
		return own;
	}

	return {
		value,
		width: innerWidth,
		height: innerHeight,
		columns: tapsOf(columns, width),
		rows: tapsOf(rows, height),
	};
};
