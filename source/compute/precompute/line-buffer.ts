/** The text of a CSV, growing as it is written. */
export class LineBuffer {
	bytes: Uint8Array<ArrayBuffer>;
	/** Bytes that are written. */
	length = 0;

	/** @param capacity Bytes for which there is room; pages that are never written cost nothing. */
	constructor(capacity: number) {
		this.bytes = new Uint8Array(capacity);
	}

	/** Makes room for more bytes. */
	reserve(count: number) {
		if (this.length + count > this.bytes.length) {
			const bytes = new Uint8Array(2 * this.bytes.length + count);
			bytes.set(this.bytes.subarray(0, this.length));
			this.bytes = bytes;
		}
	}

	/** Writes again what stands from `start` to `end`. */
	repeat(start: number, end: number) {
		this.reserve(end - start);
		this.bytes.copyWithin(this.length, start, end);
		this.length += end - start;
	}

	/** Writes the two empty lines of a pixel without points. */
	writeEmpty() {
		this.reserve(2);
		this.bytes[this.length++] = newline;
		this.bytes[this.length++] = newline;
	}
}

const newline = 0x0a;
