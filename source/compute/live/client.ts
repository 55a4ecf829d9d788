import type {Image} from '../../raster/image.js';
import {spawnWorker} from '../../worker.js';
import type {
	Blame,
	LiveCommand,
	LiveEvent,
	LiveMap,
	LiveNetwork,
	LiveOptions,
	LivePrediction,
	LiveQuestion,
	LiveWorkerData,
} from './protocol.js';

/** The events of a network. */
export type LiveListener = {
	/** The current activity. */
	readonly onPhase: (label: string) => void;
	/** Progress of the work that makes later questions instant, 0–1; undefined once it is ready. */
	readonly onTable: (done?: number) => void;
	readonly onSeen: (network: LiveNetwork, prediction: LivePrediction) => void;
	/** The network cannot process the image; a line for the screen. */
	readonly onFailure: (message: string, blame: Blame) => void;
};

/** A network in its own thread, so that callers never block. */
export type LiveClient = {
	/** Runs the network on another image, and drops questions about the last one. Pixels in shared memory are not copied. */
	see(picture: Image): void;
	/**
	Asks for a heatmap. One question is in progress at a time. A method with several passes stops between two of them once its answer is no longer wanted, so that the next question need not wait for it.

	@throws {Error} If it cannot be answered, or the signal says that it is no longer wanted.
	*/
	explain(
		question: LiveQuestion,
		options: {
			readonly signal: AbortSignal;
			/** 0–1; for methods that take a while. */
			readonly onProgress?: (done: number) => void;
		},
	): Promise<LiveMap>;
	/** Terminates the thread as soon as it leaves native code; no more events follow. */
	close(): void;
};

type Asked = {
	readonly question: LiveQuestion;
	readonly onProgress?: ((done: number) => void) | undefined;
	readonly resolve: (map: LiveMap) => void;
	readonly reject: (error: Error) => void;
};

/** Starts a thread for a network. */
export const openLive = (
	options: LiveOptions,
	{onPhase, onTable, onSeen, onFailure}: LiveListener,
): LiveClient => {
	const overtaken = new Int32Array(new SharedArrayBuffer(4));
	const workerData: LiveWorkerData = {options, overtaken};
	const worker = spawnWorker('compute/live/worker', {workerData});
	let image = 0;
	let lastId = 0;
	let waiting: Asked[] = [];
	let underWay: (Asked & {readonly id: number}) | undefined;

	const post = (command: LiveCommand): void => {
		worker.postMessage(command);
	};

	const advance = (): void => {
		const next = underWay ? undefined : waiting.shift();
		if (next) {
			lastId++;
			underWay = {...next, id: lastId};
			post({type: 'explain', id: lastId, question: next.question});
		}
	};

	const dropAll = (reason: string): void => {
		Atomics.store(overtaken, 0, lastId);
		for (const {reject} of underWay ? [underWay, ...waiting] : waiting) {
			reject(new Error(reason));
		}

		underWay = undefined;
		waiting = [];
	};

	const settle = (id: number, answer: (asked: Asked) => void): void => {
		// Questions about an earlier image have been dropped already.
		if (underWay?.id === id) {
			const asked = underWay;
			underWay = undefined;
			answer(asked);
			advance();
		}
	};

	const hear = (event: LiveEvent): void => {
		switch (event.type) {
			case 'progress': {
				if (underWay?.id === event.id) {
					underWay.onProgress?.(event.done);
				}

				return;
			}

			case 'explained': {
				settle(event.id, ({resolve}) => {
					resolve(event.map);
				});
				return;
			}

			case 'refused': {
				settle(event.id, ({reject}) => {
					reject(new Error(event.message));
				});
				return;
			}

			case 'phase':
			case 'table':
			case 'seen':
			case 'failed': {
				if (event.image === image) {
					hearOfImage(event);
				}
			}
		}
	};

	const hearOfImage = (
		event: Extract<LiveEvent, {readonly image: number}>,
	): void => {
		switch (event.type) {
			case 'phase': {
				onPhase(event.label);
				return;
			}

			case 'table': {
				onTable(event.done);
				return;
			}

			case 'seen': {
				onSeen(event.network, event.prediction);
				return;
			}

			case 'failed': {
				onFailure(event.message, event.blame);
			}
		}
	};

	worker.on('message', hear);
	worker.on('error', (error: Error) => {
		dropAll(error.message);
		onFailure(error.message, 'program');
	});

	return {
		see(picture) {
			dropAll('Another image has been opened');
			image++;
			post({type: 'see', image, picture});
		},
		async explain(question, {signal, onProgress}) {
			return new Promise((resolve, reject) => {
				const asked: Asked = {question, onProgress, resolve, reject};
				waiting.push(asked);
				signal.addEventListener(
					'abort',
					() => {
						if (waiting.includes(asked)) {
							waiting = waiting.filter((other) => other !== asked);
							reject(new Error('Nobody waits for it any longer'));
						} else if (underWay?.resolve === resolve) {
							Atomics.store(overtaken, 0, underWay.id);
						}
					},
					{once: true},
				);
				advance();
			});
		},
		close() {
			dropAll('The network has been closed');
			worker.removeAllListeners();
			// Terminating a thread while it is in native code takes the process down with it.
			post({type: 'close'});
		},
	};
};
