import {
	encodePixel,
	maxPixelLength,
} from '../../../data/pixel-csv/encode-pixel.js';
import type {Size} from '../../../raster/view.js';
import {createMapRows, type MapRow} from '../seeds/mix-maps.js';
import {noClass, type EncodedRows, type Plan} from '../plan.js';
import type {RowRange} from '../row-range.js';
import type {SeedMap} from '../seeds/seed-maps.js';
import {createPoints} from './points.js';
import {LineBuffer} from './line-buffer.js';

/** Bytes of a typical point: six digits of an index, six of a weight, two spaces. */
const pointLength = 14;

/** Where a pixel's lines begin and end. */
type Span = {readonly start: number; readonly end: number};

const layerSize = ({graph, layer}: Plan): Size => {
	const [height, width] = graph.values.get(layer)!.shape.slice(2);
	return {width, height};
};

/**
Creates the function that encodes the lines of some rows of an image.

Image pixels on the same output pixel with the same class have identical lines, which are computed once and copied.
*/
export const createRowEncoder = (
	plan: Plan,
): ((range: RowRange, seedMap: SeedMap) => EncodedRows) => {
	const {image, places, classes, seeds, stride, top} = plan;
	const size = layerSize(plan);
	const readPoints = createPoints(plan, size);
	const outputWidth = seeds.columns.first.length;
	const space = size.width * size.height;
	const openMapRow = createMapRows(seeds, space);
	const classRow = (y: number) =>
		classes.subarray(y * image.width, (y + 1) * image.width);

	const writePixel = (
		text: LineBuffer,
		mapRow: MapRow,
		column: number,
	): Span => {
		const start = text.length;
		const {map, max} = mapRow(column);
		const {indices, weights} = readPoints(map, max);
		text.reserve(maxPixelLength(indices.length));
		text.length = encodePixel(text.bytes, start, indices, weights);
		return {start, end: text.length};
	};

	return ({start, end}, seedMap) => {
		const counts = {explained: 0, zero: 0, skipped: 0, unclassed: 0};
		const text = new LineBuffer(
			Math.ceil(((end - start) * image.width) / stride ** 2) *
				(Math.min(top, space) * pointLength + 2),
		);
		let outputRow = -1;
		let spans = new Map<number, Span>();
		let mapRows = new Map<number, MapRow>();

		for (let y = start; y < end; y++) {
			const ids = classRow(y);
			if (places.rows[y] !== outputRow) {
				outputRow = places.rows[y];
				spans = new Map();
				mapRows = new Map();
			}

			for (const [x, id] of ids.entries()) {
				if (id === noClass) {
					const isSkipped = y % stride > 0 || x % stride > 0;
					counts[isSkipped ? 'skipped' : 'unclassed']++;
					text.writeEmpty();
					continue;
				}

				const column = places.columns[x];
				const key = id * outputWidth + column;
				let span = spans.get(key);
				if (span) {
					text.repeat(span.start, span.end);
				} else {
					let mapRow = mapRows.get(id);
					if (!mapRow) {
						mapRow = openMapRow(seedMap, outputRow, id);
						mapRows.set(id, mapRow);
					}

					span = writePixel(text, mapRow, column);
					spans.set(key, span);
				}

				counts[span.end - span.start > 2 ? 'explained' : 'zero']++;
			}
		}

		return {start, end, bytes: text.bytes.subarray(0, text.length), counts};
	};
};
