import {exit} from 'node:process';
import {parentPort, workerData} from 'node:worker_threads';
import {ModelError, UsageError} from '../../errors.js';
import type {Image} from '../../raster/image.js';
import {makeWay} from '../../worker.js';
import {type OpenNetwork, openNetwork} from './network.js';
import type {
	Blame,
	LiveCommand,
	LiveEvent,
	LiveWorkerData,
} from './protocol.js';

// The explorer's network thread: opens the model, runs it, and answers questions one by one.

// eslint-disable-next-line @typescript-eslint/no-unsafe-type-assertion -- whoever starts this worker hands it these
const {options, overtaken} = workerData as LiveWorkerData;
const port = parentPort!;

// The screen has priority.
makeWay(5);

const tell = (event: LiveEvent, ...transferred: ArrayBufferLike[]): void => {
	// eslint-disable-next-line @typescript-eslint/no-unsafe-type-assertion -- none of them is shared
	port.postMessage(event, transferred as ArrayBuffer[]);
};

const messageOf = (error: unknown): string =>
	error instanceof Error ? error.message : String(error);

const blameFor = (error: unknown): Blame =>
	error instanceof UsageError
		? 'usage'
		: error instanceof ModelError
			? 'model'
			: 'program';

/** Opened while the image is still being decoded; a failure is reported with the first image. */
const open = async (): Promise<() => OpenNetwork> => {
	try {
		const opened = await openNetwork(options, (done) => {
			tell({
				type: 'table',
				image: seenImage,
				...(done !== undefined && {done}),
			});
		});
		return () => opened;
	} catch (error) {
		return () => {
			throw error;
		};
	}
};

let seenImage = 0;
const opening = open();
let network: OpenNetwork | undefined;

const see = async (image: number, picture: Image): Promise<void> => {
	try {
		if (!network) {
			tell({type: 'phase', image, label: 'opening the network'});
			const result = await opening;
			network = result();
		}

		tell({type: 'phase', image, label: 'running the network'});
		const seen = await network.see(picture);
		seenImage = image;
		const {logits, labels} = seen.prediction;
		tell(
			{type: 'seen', image, ...seen},
			...(labels ? [logits.buffer, labels.buffer] : [logits.buffer]),
		);
	} catch (error) {
		tell({
			type: 'failed',
			image,
			message: messageOf(error),
			blame: blameFor(error),
		});
	}
};

/** Milliseconds between two progress reports of a method. */
const progressInterval = 150;

const explain = async ({
	id,
	question,
}: Extract<LiveCommand, {type: 'explain'}>): Promise<void> => {
	try {
		let told = performance.now();
		const map = await network!.explain(question, (done) => {
			if (Atomics.load(overtaken, 0) >= id) {
				throw new Error('Nobody waits for it any longer');
			}

			if (performance.now() - told > progressInterval) {
				told = performance.now();
				tell({type: 'progress', id, done});
			}
		});
		tell({type: 'explained', id, map}, map.indices.buffer, map.weights.buffer);
	} catch (error) {
		tell({type: 'refused', id, message: messageOf(error)});
	}
};

const close = async (): Promise<void> => {
	await network?.settled();
	// Sets the priority of the thread, not of the process.
	exit();
};

let turn: Promise<void> = Promise.resolve();
port.on('message', (command: LiveCommand) => {
	if (command.type === 'close') {
		void close();
		return;
	}

	turn = turn.then(async () =>
		command.type === 'see'
			? see(command.image, command.picture)
			: explain(command),
	);
});
