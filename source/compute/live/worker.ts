import {exit} from 'node:process';
import {parentPort, workerData} from 'node:worker_threads';
import {ModelError, UsageError} from '../../errors.js';
import {type OpenNetwork, openNetwork} from './network.js';
import type {Blame, LiveCommand, LiveEvent, LiveOptions} from './protocol.js';

// The thread that computes for the explorer: it opens the model, runs it, and answers one question after the other.

// eslint-disable-next-line @typescript-eslint/no-unsafe-type-assertion -- whoever starts this worker hands it these
const options = workerData as LiveOptions;
const port = parentPort!;

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

let network: Promise<OpenNetwork> | undefined;
let ready: OpenNetwork | undefined;

const open = async (image: number): Promise<OpenNetwork> => {
	if (!network) {
		tell({type: 'phase', image, label: 'opening the network'});
		network = openNetwork(options);
	}

	return network;
};

const see = async (image: number, file: string): Promise<void> => {
	try {
		const opened = await open(image);
		ready = opened;
		tell({type: 'phase', image, label: 'running the network'});
		const seen = await opened.see(file);
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

const explain = async ({
	id,
	question,
}: Extract<LiveCommand, {type: 'explain'}>): Promise<void> => {
	try {
		const opened = await network!;
		const map = await opened.explain(question);
		tell({type: 'explained', id, map}, map.indices.buffer, map.weights.buffer);
	} catch (error) {
		tell({type: 'refused', id, message: messageOf(error)});
	}
};

const close = async (): Promise<void> => {
	await ready?.settled();
	// Of the thread, not of the process.
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
			? see(command.image, command.file)
			: explain(command),
	);
});
