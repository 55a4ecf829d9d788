import {EventEmitter} from 'node:events';

/** What Ink reads keys from: each `read` gives one key, and never a mouse report, a reply or a paste. */
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

	/** Hands a key to whoever reads. */
	push(key: string): void {
		this.#keys.push(key);
		this.emit('readable');
	}

	// Raw mode, encoding and lifetime are the session's; Ink asks all the same.

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
