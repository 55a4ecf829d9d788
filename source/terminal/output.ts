import fs from 'node:fs';

/** The terminal as an output. Its disappearance (a dropped link) is never an error here: there is nobody to tell. */
export type Output = {
	/** Writes without blocking, and calls `done` once the terminal has taken everything; the bytes must not change until then. */
	write(bytes: Uint8Array, done: () => void): void;
	/** Writes at once. */
	writeNow(data: string): void;
	/** Resolves when no write is in progress, or after 250 ms. */
	settle(): Promise<void>;
};

/** Milliseconds to wait for a terminal whose buffer is full. */
const retryTime = 5;

/** Milliseconds that an exit waits for a write in progress. */
const settleTime = 250;

/**
Opens a terminal for writing.

`process.stdout` blocks the whole program while a slow link drains; background writes to its file descriptor do not, and report when they are done.
*/
export const openOutput = (fileDescriptor: number): Output => {
	let finished: (() => void) | undefined;
	return {
		write(bytes, done) {
			let offset = 0;
			const finish = (): void => {
				const settled = finished;
				finished = undefined;
				settled?.();
				done();
			};

			const writeRest = (): void => {
				fs.write(fileDescriptor, bytes, offset, (error, written) => {
					offset += written ?? 0;
					if (error?.code === 'EAGAIN') {
						setTimeout(writeRest, retryTime);
					} else if (error !== null || offset === bytes.length) {
						finish();
					} else {
						writeRest();
					}
				});
			};

			finished = () => undefined;
			writeRest();
		},
		writeNow(data) {
			try {
				fs.writeFileSync(fileDescriptor, data);
			} catch {
				// The terminal is gone, or so full that whatever was to be written no longer matters.
			}
		},
		async settle() {
			if (finished) {
				await new Promise<void>((resolve) => {
					const timer = setTimeout(resolve, settleTime);
					finished = () => {
						clearTimeout(timer);
						resolve();
					};
				});
			}
		},
	};
};
