import {Buffer} from 'node:buffer';

/** ";0" to ";255", four bytes each, and how many of them count. */
const decimals = Buffer.alloc(4 * 256);
const decimalLengths = Uint8Array.from({length: 256}, (_, value) =>
	decimals.write(`;${value}`, 4 * value),
);

/** Writes "38;2;R;G;B", or with another first digit, and says where it ends. */
const putColor = (
	bytes: Uint8Array,
	start: number,
	layer: 3 | 4,
	color: number,
): number => {
	bytes[start] = 0x30 + layer;
	bytes[start + 1] = 0x38;
	bytes[start + 2] = 0x3b;
	bytes[start + 3] = 0x32;
	let end = start + 4;
	for (let shift = 16; shift >= 0; shift -= 8) {
		const value = (color >> shift) & 255;
		const decimal = 4 * value;
		// Excess bytes are overwritten.
		bytes[end] = decimals[decimal];
		bytes[end + 1] = decimals[decimal + 1];
		bytes[end + 2] = decimals[decimal + 2];
		bytes[end + 3] = decimals[decimal + 3];
		end += decimalLengths[value];
	}

	return end;
};

/** Collects output to a terminal as bytes: encoding a picture's text would cost as much again. */
export class ByteWriter {
	#bytes = Buffer.allocUnsafe(1 << 16);
	#length = 0;

	get length(): number {
		return this.#length;
	}

	/** Appends a text in UTF-8. */
	text(text: string): void {
		this.#reserve(3 * text.length);
		if (text === '▀') {
			const bytes = this.#bytes;
			const start = this.#length;
			bytes[start] = 0xe2;
			bytes[start + 1] = 0x96;
			bytes[start + 2] = 0x80;
			this.#length = start + 3;
		} else {
			this.#length += this.#bytes.write(text, this.#length);
		}
	}

	/** Appends the sequence that sets 24-bit colours, 0xRRGGBB; undefined leaves one as it is. */
	colors(foreground: number | undefined, background: number | undefined): void {
		this.#reserve(40);
		const bytes = this.#bytes;
		let end = this.#length;
		bytes[end++] = 0x1b;
		bytes[end++] = 0x5b;
		if (foreground !== undefined) {
			end = putColor(bytes, end, 3, foreground);
		}

		if (foreground !== undefined && background !== undefined) {
			bytes[end++] = 0x3b;
		}

		if (background !== undefined) {
			end = putColor(bytes, end, 4, background);
		}

		bytes[end++] = 0x6d;
		this.#length = end;
	}

	/** Returns what was appended since the last call; valid until the next append. */
	take(): Uint8Array {
		const taken = this.#bytes.subarray(0, this.#length);
		this.#length = 0;
		return taken;
	}

	#reserve(count: number): void {
		if (this.#length + count > this.#bytes.length) {
			const larger = Buffer.allocUnsafe(2 * (this.#length + count));
			larger.set(this.#bytes.subarray(0, this.#length));
			this.#bytes = larger;
		}
	}
}
