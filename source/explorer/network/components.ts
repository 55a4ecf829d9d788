import type {Segmentation} from '../../raster/segmentation.js';
import {type Prediction, pixelOf} from './network.js';

/** Cells of a network's output, under an id that is unique to them. */
export type CellSet = {readonly cells: Uint32Array; readonly name: string};

/** The class of each cell: that of the image pixel at its centre. */
const labelCells = (
	{labels, width, height}: Segmentation,
	prediction: Prediction,
): Int32Array =>
	Int32Array.from({length: prediction.width * prediction.height}, (_, cell) => {
		const {x, y} = pixelOf(prediction, cell);
		return x >= 0 && x < width && y >= 0 && y < height
			? labels[y * width + x]
			: -1;
	});

/** The cells connected to one through cells of the same class that share a side. */
const flood = (
	labels: Int32Array,
	{width}: Prediction,
	start: number,
): Uint32Array => {
	const found = new Set([start]);
	// A set iterates in insertion order, and visits what is added meanwhile.
	for (const cell of found) {
		const column = cell % width;
		for (const next of [
			column > 0 ? cell - 1 : -1,
			column < width - 1 ? cell + 1 : -1,
			cell - width,
			cell + width,
		]) {
			if (labels[next] === labels[start]) {
				found.add(next);
			}
		}
	}

	return Uint32Array.from(found).toSorted();
};

type Components = {
	readonly labels: Int32Array;
	/** By cell; filled in as cells are asked for. */
	readonly sets: Map<number, CellSet>;
};

const known = new WeakMap<Segmentation, WeakMap<Prediction, Components>>();

const componentsOf = (
	segmentation: Segmentation,
	prediction: Prediction,
): Components => {
	const byPrediction =
		known.get(segmentation) ?? new WeakMap<Prediction, Components>();
	known.set(segmentation, byPrediction);
	const components = byPrediction.get(prediction) ?? {
		labels: labelCells(segmentation, prediction),
		sets: new Map<number, CellSet>(),
	};
	byPrediction.set(prediction, components);
	return components;
};

/** The connected cells of a cell's class. */
export const componentAt = (
	segmentation: Segmentation,
	prediction: Prediction,
	cell: number,
): CellSet => {
	const {labels, sets} = componentsOf(segmentation, prediction);
	const set = sets.get(cell);
	if (set) {
		return set;
	}

	const cells = flood(labels, prediction, cell);
	const found = {cells, name: `component ${cells[0]} of ${cells.length}`};
	for (const member of cells) {
		sets.set(member, found);
	}

	return found;
};
