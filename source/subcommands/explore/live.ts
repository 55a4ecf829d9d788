import {type LiveClient, openLive} from '../../compute/live/client.js';
import type {
	Blame,
	LiveNetwork,
	LiveOptions,
	LivePrediction,
} from '../../compute/live/protocol.js';
import {methodLabel} from '../../cam/find-method.js';
import {ModelError, UsageError} from '../../errors.js';
import * as events from '../../explorer/events.js';
import type {Network} from '../../explorer/network/network.js';
import type {HeatmapProvider} from '../../explorer/heatmaps/provider.js';
import type {State} from '../../explorer/state.js';
import type {Image} from '../../raster/image.js';
import type {SegmentationClass} from '../../raster/segmentation.js';

/** The explorer's network: it runs on every opened image, and computes the heatmaps for the screen. */
export type LiveDesk = {
	readonly provider: HeatmapProvider;
	/** Runs it on another image. */
	see(image: Image): void;
	/** Why it could not process the last image, if it could not. */
	failure(): Error | undefined;
	close(): void;
};

const errors: Readonly<Record<Blame, (message: string) => Error>> = {
	usage: (message) => new UsageError(message),
	model: (message) => new ModelError(message),
	program: (message) => new Error(message),
};

/** Milliseconds after which the screen says what is being computed, before a method has any progress to report. */
const patience = 400;

/** Pixels of the picture outside the network's view. */
const unseen: SegmentationClass = {
	id: -1,
	name: 'not seen',
	color: 0x30_30_30,
};
const background: SegmentationClass = {
	id: -1,
	name: 'background',
	color: 0,
};

/** The classes by the labels of a prediction. */
const labelled = (
	classes: readonly SegmentationClass[],
): Map<number, SegmentationClass> =>
	new Map(
		[
			...classes,
			...(classes.length === 1 ? [background] : []),
			unseen,
		].entries(),
	);

/** A network in the explorer's terms. */
const asNetwork = (
	{name, runtime, classes, layers}: LiveNetwork,
	{labels, picture, ...prediction}: LivePrediction,
): Network => ({
	name,
	runtime,
	classes,
	layers,
	prediction: {
		...prediction,
		...(labels && {
			segmentation: {
				...picture,
				labels,
				classes: labelled(classes),
				palette: name,
			},
		}),
	},
});

/**
Starts a network.

@param update Changes the explorer's state.
*/
export const openLiveDesk = (
	options: LiveOptions,
	update: (change: (state: State) => State) => void,
): LiveDesk => {
	let failure: Error | undefined;
	let isFirst = true;
	const client: LiveClient = openLive(options, {
		onPhase(label) {
			update((state) => events.progressed(state, {label}));
		},
		onTable(done) {
			update((state) =>
				events.progressed(
					state,
					done === undefined
						? undefined
						: {label: 'all pixels', done, isQuiet: true},
				),
			);
		},
		onSeen(network, prediction) {
			const seen = asNetwork(network, prediction);
			// The class from the command line stays the target until another one is chosen.
			const first = isFirst ? network : {layer: network.layer};
			isFirst = false;
			update((state) => events.networkSeen(state, seen, first));
			if (network.guesses.length > 0) {
				const text = network.guesses.join('; ');
				update((state) => events.reported(state, {text, tone: 'info'}));
			}
		},
		onFailure(message, blame) {
			failure = errors[blame](message);
			update((state) => events.networkFailed(state, message));
		},
	});
	return {
		provider: {
			async explain({target, question}, {signal}) {
				const {cells, class: id, versus} = target!;
				const {layer, method} = question!;
				const label = methodLabel(method);
				let isTold = false;
				const start = performance.now();
				const tell = (progress: {done?: number; left?: number}): void => {
					isTold = true;
					update((state) => events.progressed(state, {label, ...progress}));
				};

				const slow = setTimeout(tell, patience, {});
				try {
					return await client.explain(
						{class: id, versus, cells, layer, method},
						{
							signal,
							onProgress(done) {
								const seconds = (performance.now() - start) / 1000;
								tell({done, left: seconds / done - seconds});
							},
						},
					);
				} finally {
					clearTimeout(slow);
					if (isTold) {
						update((state) => events.progressed(state, undefined));
					}
				}
			},
			close: client.close,
		},
		see(image) {
			failure = undefined;
			client.see(image);
		},
		failure: () => failure,
		close: client.close,
	};
};
