import path from 'node:path';
import type {Image} from '../../../source/raster/image.js';

/** The network of the fixture takes pictures of this size. */
export const width = 64;
export const height = 48;

export const model = path.resolve(
	import.meta.dirname,
	'../../../fixtures/reference/aspp/model.onnx',
);

/** A colourful picture. */
export const makeImage = (columns = width, rows = height): Image => ({
	width: columns,
	height: rows,
	data: Uint8Array.from(
		{length: columns * rows * 3},
		(_, byte) => (byte * 7) % 256,
	),
});
