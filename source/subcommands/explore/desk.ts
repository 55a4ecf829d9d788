import path from 'node:path';
import type {LiveOptions} from '../../compute/live/protocol.js';
import type {Effect} from '../../explorer/effect.js';
import * as events from '../../explorer/events.js';
import {type PointList, unsavedPoints} from '../../explorer/points.js';
import type {Session} from '../../explorer/session.js';
import type {State} from '../../explorer/state.js';
import {createHandler} from './effects.js';
import {
	type CsvReports,
	type OpenedSubject,
	type ReadingOptions,
	type SubjectFiles,
	openSubject,
} from './open-subject.js';
import {type LiveDesk, openLiveDesk} from './live.js';
import {createPointsBook} from './points-book.js';

/** Carries out the explorer's effects: opens, saves and lists files, and reports to the session. */
export type Desk = {
	/**
	Opens the first files.

	@throws {UsageError} If one cannot be used.
	*/
	open(files: SubjectFiles): Promise<OpenedSubject & {list: PointList}>;
	/** Connects the session: starts the network, and sends heatmaps and reports from now on. */
	serve(session: Session): void;
	/** Offers points that an interrupted session left for the image. */
	offerRecovery(): Promise<void>;
	/** Carries out an effect; an error becomes a message in the status bar. */
	carryOut(effect: Effect): void;
	/** Why the network cannot be asked, if it cannot. */
	networkFailure(): Error | undefined;
	/** Why the CSV cannot be read, if it cannot. */
	csvFailure(): Error | undefined;
	/** Saves unsaved points for the next start, synchronously. */
	keepUnsaved(): void;
	/** Closes all open files. */
	close(): void;
};

/**
Sets up a desk.

@param network The network for live heatmaps, if any.
@param quit Ends the program.
*/
export const createDesk = (
	options: ReadingOptions,
	network: LiveOptions | undefined,
	quit: () => void,
): Desk => {
	const book = createPointsBook();
	let current: OpenedSubject;
	let session: Session | undefined;
	let openings = 0;
	let csvFailure: Error | undefined;
	/** Reports made before there was a session. */
	const early: Array<(state: State) => State> = [];

	const update = (change: (state: State) => State): void => {
		if (session) {
			session.update(change);
		} else {
			early.push(change);
		}
	};

	const say = (text: string, tone: 'info' | 'error' = 'info'): void => {
		update((state) => events.reported(state, {text, tone}));
	};

	const complain = (error: unknown): void => {
		say(error instanceof Error ? error.message : String(error), 'error');
	};

	const reports: CsvReports = {
		onProgress(done) {
			update((state) =>
				events.progressed(
					state,
					done === undefined ? undefined : {label: 'reading CSV', done},
				),
			);
		},
		onProblem(error) {
			csvFailure = error instanceof Error ? error : new Error(String(error));
			complain(error);
		},
	};

	let live: LiveDesk | undefined;

	const supply = ({points, provider}: OpenedSubject): void => {
		session?.use({
			...(provider && {file: provider}),
			...(live && {network: live.provider}),
		});
		if (points.problem !== undefined) {
			say(points.problem, 'error');
		}
	};

	const offerRecovery = async (): Promise<void> => {
		const marked = await book.findLost(current);
		if (marked) {
			update((state) => events.recoveryFound(state, marked));
		}
	};

	const show = async (files: SubjectFiles): Promise<void> => {
		openings++;
		const opening = openings;
		say(`Opening ${path.basename(files.image)}…`);
		const opened = await openSubject(files, options, reports);
		if (opening !== openings) {
			// Something else has been requested meanwhile.
			opened.provider?.close();
			return;
		}

		current.provider?.close();
		current = opened;
		session?.use({});
		update((state) => ({
			...events.subjectOpened(state, {
				subject: opened.subject,
				points: book.enter(opened),
			}),
			message: undefined,
		}));
		if (live && session?.getState().network === undefined) {
			update(events.networkOpening);
			live.see(opened.subject.image);
		}

		supply(opened);
		await offerRecovery();
	};

	const handle = createHandler({
		book,
		subject: () => current,
		session: () => session!,
		update,
		say,
		show,
		quit,
	});

	return {
		async open(files) {
			current = await openSubject(files, options, reports);
			return {...current, list: book.enter(current)};
		},
		serve(served) {
			session = served;
			// The picture is on the screen by now; in parallel, both would have come later.
			live = network && openLiveDesk(network, update);
			live?.see(current.subject.image);
			supply(current);
			for (const change of early) {
				session.update(change);
			}
		},
		offerRecovery,
		carryOut(effect) {
			void (async () => {
				try {
					await handle(effect);
				} catch (error) {
					complain(error);
				}
			})();
		},
		networkFailure: () => live?.failure(),
		csvFailure: () => csvFailure,
		keepUnsaved() {
			if (session) {
				book.keep(unsavedPoints(session.getState()));
			}
		},
		close() {
			current.provider?.close();
			live?.close();
		},
	};
};
