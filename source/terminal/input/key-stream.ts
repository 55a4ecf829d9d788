import {EventEmitter} from 'node:events';

/** The stream that Ink reads keys from: each `read` returns one key, never a mouse report, a reply or a paste. */
// eslint-disable-next-line unicorn/prefer-event-target -- Ink listens as one does to a stream.
export class KeyStream extends EventEmitter {
	readonly #keys: string[] = [];

	get isTTY(): boolean {
		return true;
	}

	/** The next key, or null when there is none. */
	read(): string | null {
		return this.#keys.shift() ?? null;
	}

	/** Queues a key for the reader. */
	push(key: string): void {
		this.#keys.push(key);
		this.emit('readable');
	}

	// Ink asks for these, but raw mode, encoding and lifetime are the session's business.

	setRawMode(): this {
		return this;
	}

	setEncoding(): this {
		return this;
	}

	ref(): this {
		return this;
	}

	unref(): this {
		return this;
	}
}
