import {readFile, stat} from 'node:fs/promises';
import type {Heatmap} from '../../cam/heatmap.js';
import {fitView} from '../../compute/input/preprocess.js';
import {placePoints} from '../../compute/precompute/points/place-points.js';
import type {CsvRecord} from '../../compute/precompute/record.js';
import {recordFile} from '../../compute/precompute/unfinished-csv.js';
import type {FileHeatmaps} from '../../explorer/state.js';
import type {Size} from '../../raster/view.js';
import {stripControl} from '../../text.js';

/**
What `precompute` recorded about a CSV; undefined if it did not write this file for an image of this size.

Any other file of that name is ignored.
*/
export const readCsvRecord = async (
	csv: string,
	{width, height}: Size,
): Promise<CsvRecord | undefined> => {
	try {
		// eslint-disable-next-line @typescript-eslint/no-unsafe-type-assertion -- with these marks it is ours
		const record = JSON.parse(
			await readFile(recordFile(csv), 'utf8'),
		) as CsvRecord;
		const {size} = await stat(csv);
		const isOurs =
			record.bytes === size &&
			record.image.width === width &&
			record.image.height === height &&
			record.layer.width > 0 &&
			record.layer.height > 0 &&
			record.stride > 0;
		return isOurs ? record : undefined;
	} catch {
		return undefined;
	}
};

/** What the explorer needs to know about a CSV's heatmaps. */
export const describeRecord = (
	record: CsvRecord | undefined,
): FileHeatmaps => ({
	stride: record?.stride ?? 1,
	isLayers: record?.upsample === false,
	...(record && {
		layer: stripControl(record.layer.name),
		method: stripControl(record.method),
	}),
});

/** Turns points, which are the pixels at the centres of a layer's cells, back into cells. */
export const gatherCells = (
	image: Size,
	{model, layer: {width, height}, upsample}: CsvRecord,
): ((points: Heatmap) => Heatmap) => {
	if (upsample) {
		return (points) => points;
	}

	const [inputHeight, inputWidth] = model.inputSize;
	const extent = fitView(
		image,
		{width: inputWidth, height: inputHeight},
		// eslint-disable-next-line @typescript-eslint/no-unsafe-type-assertion -- as it was recorded
		model.format as Parameters<typeof fitView>[2],
	);
	const {indices: pixels, pointOf} = placePoints(image, extent, {
		width,
		height,
	});
	return ({indices, weights}) => {
		const weightOf = new Map(
			Array.from(indices, (pixel, entry) => [pixel, weights[entry]]),
		);
		const cells: number[] = [];
		const cellWeights: number[] = [];
		for (const [cell, point] of pointOf.entries()) {
			const weight = weightOf.get(pixels[point]);
			if (weight !== undefined) {
				cells.push(cell);
				cellWeights.push(weight);
			}
		}

		return {
			width,
			height,
			extent,
			indices: Uint32Array.from(cells),
			weights: Float32Array.from(cellWeights),
		};
	};
};
