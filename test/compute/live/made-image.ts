import {mkdtempSync} from 'node:fs';
import {tmpdir} from 'node:os';
import path from 'node:path';
import sharp from 'sharp';

/** The network of the fixture takes pictures of this size. */
export const width = 64;
export const height = 48;

export const model = path.resolve(
	import.meta.dirname,
	'../../../fixtures/reference/aspp/model.onnx',
);

/** Writes a colourful picture into a new folder. */
export const makeImage = async (
	columns = width,
	rows = height,
): Promise<string> => {
	const folder = mkdtempSync(path.join(tmpdir(), 'gradcam-tui-live-'));
	const file = path.join(folder, 'picture.png');
	const data = Uint8Array.from(
		{length: columns * rows * 3},
		(_, byte) => (byte * 7) % 256,
	);
	await sharp(data, {
		raw: {width: columns, height: rows, channels: 3},
	})
		.png()
		.toFile(file);
	return file;
};
