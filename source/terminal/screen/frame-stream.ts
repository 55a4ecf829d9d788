import {EventEmitter} from 'node:events';

/** The stream that Ink writes frames to; needs Ink's `debug` option, which yields whole frames. */
// eslint-disable-next-line unicorn/prefer-event-target -- Ink listens as one does to a stream.
export class FrameStream extends EventEmitter {
	readonly columns: number;
	readonly rows: number;
	readonly #onFrame: (frame: string) => void;

	/** @param onFrame Receives each frame. */
	constructor(
		size: {columns: number; rows: number},
		onFrame: (frame: string) => void,
	) {
		super();
		this.columns = size.columns;
		this.rows = size.rows;
		this.#onFrame = onFrame;
	}

	write(frame: string): boolean {
		this.#onFrame(frame);
		return true;
	}
}
