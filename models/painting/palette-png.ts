import {Buffer} from 'node:buffer';
import {crc32, deflateSync} from 'node:zlib';
import {type Segmentation} from '../../source/raster/segmentation.js';

/**
Encodes a segmentation as a PNG whose palette entry n is class n: sharp would choose an order of its own.

@see https://www.w3.org/TR/png-3/#11PLTE
*/
export function encodePalettePng({
	width,
	height,
	labels,
	classes,
}: Segmentation): Buffer {
	const header = Buffer.alloc(13);
	header.writeUInt32BE(width, 0);
	header.writeUInt32BE(height, 4);
	// Eight bits a pixel, colour type 3 (palette); deflate, no filter, no interlace.
	header.set([8, 3, 0, 0, 0], 8);

	const palette = Buffer.alloc(3 * (Math.max(...classes.keys()) + 1));
	for (const [id, {color}] of classes) {
		palette.writeUIntBE(color, 3 * id, 3);
	}

	const rows = Buffer.alloc((width + 1) * height);
	for (let y = 0; y < height; y++) {
		rows.set(labels.subarray(y * width, (y + 1) * width), y * (width + 1) + 1);
	}

	return Buffer.concat([
		Buffer.from('\u0089PNG\r\n\u001A\n', 'latin1'),
		chunk('IHDR', header),
		chunk('PLTE', palette),
		chunk('IDAT', deflateSync(rows, {level: 9})),
		chunk('IEND', Buffer.alloc(0)),
	]);
}

function chunk(type: string, data: Buffer): Buffer {
	const length = Buffer.alloc(4);
	length.writeUInt32BE(data.length);
	const body = Buffer.concat([Buffer.from(type, 'latin1'), data]);
	const checksum = Buffer.alloc(4);
	checksum.writeUInt32BE(crc32(body));
	return Buffer.concat([length, body, checksum]);
}
