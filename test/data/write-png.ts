import {Buffer} from 'node:buffer';
import {crc32, deflateSync} from 'node:zlib';

const chunk = (type: string, data: Uint8Array) => {
	const body = Buffer.concat([Buffer.from(type, 'latin1'), data]);
	const frame = Buffer.alloc(body.length + 8);
	frame.writeUInt32BE(data.length, 0);
	body.copy(frame, 4);
	frame.writeUInt32BE(crc32(body), body.length + 4);
	return frame;
};

/**
A PNG of numbers, written plainly, so that readers are tested against the format and not against their own library.

@param options.levels One number a pixel.
@param options.palette Three bytes a color; without one the file is grey.
*/
export const writeIndexPng = (options: {
	width: number;
	height: number;
	levels: ArrayLike<number>;
	bitDepth?: 1 | 2 | 4 | 8 | 16;
	palette?: Uint8Array;
	extraChunks?: ReadonlyArray<readonly [string, Uint8Array]>;
}): Buffer => {
	const {
		width,
		height,
		levels,
		bitDepth = 8,
		palette,
		extraChunks = [],
	} = options;
	const header = Buffer.alloc(13);
	header.writeUInt32BE(width, 0);
	header.writeUInt32BE(height, 4);
	header[8] = bitDepth;
	header[9] = palette ? 3 : 0;
	const stride = Math.ceil((width * bitDepth) / 8) + 1;
	const rows = Buffer.alloc(stride * height);
	for (let y = 0; y < height; y++) {
		for (let x = 0; x < width; x++) {
			const level = levels[y * width + x];
			const bit = x * bitDepth;
			const offset = y * stride + 1 + Math.floor(bit / 8);
			if (bitDepth === 16) {
				rows.writeUInt16BE(level, offset);
			} else {
				rows[offset] |= level << (8 - bitDepth - (bit % 8));
			}
		}
	}

	return Buffer.concat([
		Buffer.from('89504E470D0A1A0A', 'hex'),
		chunk('IHDR', header),
		...extraChunks.map(([type, data]) => chunk(type, data)),
		...(palette ? [chunk('PLTE', palette)] : []),
		chunk('IDAT', deflateSync(rows)),
		chunk('IEND', new Uint8Array()),
	]);
};
