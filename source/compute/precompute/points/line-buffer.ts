/** A growing buffer of CSV text. */
export class LineBuffer {
	bytes: Uint8Array<ArrayBuffer>;
	/** Bytes written. */
	length = 0;

	/** @param capacity Bytes reserved; untouched pages cost nothing. */
	constructor(capacity: number) {
		this.bytes = new Uint8Array(capacity);
	}

	/** Reserves more bytes. */
	reserve(count: number) {
		if (this.length + count > this.bytes.length) {
			const bytes = new Uint8Array(2 * this.bytes.length + count);
			bytes.set(this.bytes.subarray(0, this.length));
			this.bytes = bytes;
		}
	}

	/** Repeats the bytes from `start` to `end`. */
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
