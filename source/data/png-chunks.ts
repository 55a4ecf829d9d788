import {Buffer} from 'node:buffer';
import {crc32} from 'node:zlib';

/** @see https://www.w3.org/TR/png-3/#5PNG-file-signature */
const signature = Buffer.from('89504E470D0A1A0A', 'hex');

/** The colour types of a PNG whose pixels are single numbers. */
const grey = 0;
const indexed = 3;

type Chunk = {readonly type: string; readonly data: Buffer};

/** The chunks of a PNG as far as they are whole; whoever decodes them finds out what is missing. */
const readChunks = (file: Buffer): Chunk[] => {
	const chunks: Chunk[] = [];
	let offset = signature.length;
	while (offset + 12 <= file.length) {
		const start = offset + 8;
		const end = start + file.readUInt32BE(offset);
		chunks.push({
			type: file.toString('latin1', offset + 4, start),
			data: file.subarray(start, end),
		});
		offset = end + 4;
	}

	return chunks;
};

const writeChunk = ({type, data}: Chunk) => {
	const chunk = Buffer.alloc(data.length + 12);
	chunk.writeUInt32BE(data.length, 0);
	chunk.write(type, 4, 'latin1');
	data.copy(chunk, 8);
	chunk.writeUInt32BE(
		crc32(chunk.subarray(4, data.length + 8)),
		data.length + 8,
	);
	return chunk;
};

/** A PNG whose pixels are numbers. */
export type IndexPng = {
	/** The same pixels as a grey PNG, without anything that would change their values on decoding. */
	readonly greyPng: Buffer;
	readonly bitDepth: number;
	/** `PLTE`: three bytes per colour; absent where the file was grey already. */
	readonly palette?: Buffer;
};

/**
Turns a PNG of palette indices into one of grey levels: a decoder gives the colours of the former, and only the numbers themselves tell two classes of one colour apart.

@returns Nothing for a PNG of colours, or a file that is not a PNG.
@see https://www.w3.org/TR/png-3/#11IHDR
*/
export const readIndexPng = (file: Buffer): IndexPng | undefined => {
	if (!file.subarray(0, signature.length).equals(signature)) {
		return undefined;
	}

	const chunks = readChunks(file);
	const header = chunks.find(({type}) => type === 'IHDR')?.data;
	if (header?.length !== 13 || ![grey, indexed].includes(header[9])) {
		return undefined;
	}

	const greyHeader = Buffer.from(header);
	greyHeader[9] = grey;
	return {
		greyPng: Buffer.concat([
			signature,
			writeChunk({type: 'IHDR', data: greyHeader}),
			...chunks
				.filter(({type}) => type === 'IDAT' || type === 'IEND')
				.map((chunk) => writeChunk(chunk)),
		]),
		bitDepth: header[8],
		...(header[9] === indexed && {
			palette: chunks.find(({type}) => type === 'PLTE')?.data,
		}),
	};
};
