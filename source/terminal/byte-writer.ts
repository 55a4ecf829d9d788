import {Buffer} from 'node:buffer';

const zero = 0x30;

/** Collects what is sent to a terminal as the bytes that it is sent as: text of a picture's length costs as much again to encode. */
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
			this.#bytes[this.#length++] = 0xe2;
			this.#bytes[this.#length++] = 0x96;
			this.#bytes[this.#length++] = 0x80;
			return;
		}

		const start = this.#length;
		for (let index = 0; index < text.length; index++) {
			const unit = text.codePointAt(index)!;
			if (unit >= 0x80) {
				this.#length = start + this.#bytes.write(text, start);
				return;
			}

			this.#bytes[this.#length++] = unit;
		}
	}

	/** Appends a colour's three channels in decimal, each after a semicolon. */
	channels(color: number): void {
		this.#reserve(12);
		for (let shift = 16; shift >= 0; shift -= 8) {
			const value = (color >> shift) & 255;
			this.#bytes[this.#length++] = 0x3b;
			if (value >= 100) {
				this.#bytes[this.#length++] = zero + Math.trunc(value / 100);
			}

			if (value >= 10) {
				this.#bytes[this.#length++] = zero + (Math.trunc(value / 10) % 10);
			}

			this.#bytes[this.#length++] = zero + (value % 10);
		}
	}

	/** What has been appended since the last time; it holds until more is. */
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
