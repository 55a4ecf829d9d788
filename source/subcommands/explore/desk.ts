import path from 'node:path';
import {findCase} from '../../data/cases.js';
import {type LoadedPoints, savePoints} from '../../data/points.js';
import {
	type Recovery,
	discardRecovery,
	findRecovery,
	recoverPoints,
	writeRecovery,
} from '../../data/recovery.js';
import {fileKinds} from '../../explorer/dialog.js';
import type {Effect} from '../../explorer/effect.js';
import * as events from '../../explorer/events.js';
import {type PointList, unsavedPoints} from '../../explorer/points.js';
import type {Session} from '../../explorer/session.js';
import type {State} from '../../explorer/state.js';
import {explain} from '../../explorer/views/explanation.js';
import type {Painting} from '../../explorer/views/painting.js';
import {patchPainting} from '../../explorer/views/patches.js';
import {stripControl} from '../../text.js';
import {paintFullSize} from '../../ui/paint/painting.js';
import {exportPicture} from './export-picture.js';
import {listFolder} from './list-folder.js';
import {
	type CsvReports,
	type OpenedSubject,
	type ReadingOptions,
	type SubjectFiles,
	openSubject,
	pointListOf,
} from './open-subject.js';

/** Where the explorer's wishes are carried out: it opens, saves and lists files, and reports to the session. */
export type Desk = {
	/** Carries a wish out; problems become a line in the status bar. */
	carryOut(effect: Effect): void;
	/**
	Opens the first files.

	@throws {UsageError} When one cannot be used.
	*/
	open(files: SubjectFiles): Promise<OpenedSubject>;
	/** Gives the session its heatmaps, and every report from now on. */
	serve(session: Session): void;
	/** Offers what a cut session has left for the image. */
	offerRecovery(): Promise<void>;
	/** Keeps unsaved points where the next start finds them; there is no time to wait for anything. */
	keepUnsaved(): void;
	/** Closes what is open. */
	close(): void;
};

type Handlers = {
	readonly [Type in Effect['type']]: (
		effect: Extract<Effect, {type: Type}>,
	) => Promise<void> | void;
};

const keyOf = ({file, name}: Pick<PointList, 'file' | 'name'>): string =>
	JSON.stringify([file, name]);

/**
Sets up a desk.

@param quit - Ends the program.
*/
export const createDesk = (options: ReadingOptions, quit: () => void): Desk => {
	let current: OpenedSubject;
	let session: Session | undefined;
	let recovery: Recovery | undefined;
	/** Reports from before there was a session. */
	const early: Array<(state: State) => State> = [];
	/** What is known of every points list that was opened, and of which image it is. */
	const lists = new Map<string, {image: string; loaded: LoadedPoints}>();

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
		onProblem: complain,
	};

	const open = async (files: SubjectFiles): Promise<OpenedSubject> => {
		const opened = await openSubject(files, options, reports);
		current?.provider?.close();
		current = opened;
		lists.set(keyOf(pointListOf(opened.points)), {
			image: files.image,
			loaded: opened.points,
		});
		return opened;
	};

	const supply = ({points, provider}: OpenedSubject): void => {
		session?.use(provider);
		if (points.problem !== undefined) {
			say(points.problem, 'error');
		}
	};

	const show = async (files: SubjectFiles): Promise<void> => {
		say(`Opening ${stripControl(path.basename(files.image))}…`);
		const opened = await open(files);
		const points = pointListOf(opened.points);
		session?.use(undefined);
		update((state) => ({
			...events.subjectOpened(state, {subject: opened.subject, points}),
			message: undefined,
		}));
		supply(opened);
	};

	const save = async (
		unsaved: readonly PointList[],
	): Promise<{saved: PointList[]; files: Set<string>}> => {
		const saved: PointList[] = [];
		const files = new Set<string>();
		for (const list of unsaved) {
			const {image, loaded} = lists.get(keyOf(list))!;
			// Lists may share a file, which is written one after the other.
			// eslint-disable-next-line no-await-in-loop
			const now = await savePoints(loaded, list.marked);
			lists.set(keyOf(list), {image, loaded: now});
			saved.push({...list, saved: now.points, marked: now.points});
			files.add(now.path);
		}

		return {saved, files};
	};

	const write = async (
		painting: Painting | undefined,
		name: string,
	): Promise<void> => {
		if (!painting) {
			say('There are no Grad-CAM pixels that could be written.', 'error');
			return;
		}

		const file = await exportPicture(paintFullSize(painting), name);
		say(`Written: ${stripControl(file)}`);
	};

	const handlers: Handlers = {
		async open({files}) {
			// A new image comes with new files; the same one keeps those that were not chosen anew.
			await show(
				files.image === undefined
					? {...current.files, ...files}
					: {...files, image: files.image},
			);
		},
		async openCase({name}) {
			const found = await findCase(current.points.path, name);
			const {image, segmentation, csv} = found;
			const chosen = {
				...(image !== undefined && {image}),
				...(segmentation !== undefined && {segmentation}),
				...(csv !== undefined && {csv}),
			};
			const steps = fileKinds.filter((kind) => chosen[kind] === undefined);
			update((state) =>
				events.openMissing(state, {
					steps,
					chosen,
					caseName: name,
					folder: path.dirname(path.resolve(image ?? current.points.path)),
				}),
			);
		},
		async listFolder({folder, kind}) {
			const real = path.resolve(folder);
			try {
				const entries = await listFolder(real, kind);
				update((state) =>
					events.folderListed(state, {
						folder,
						path: real,
						label: stripControl(real),
						kind,
						entries,
					}),
				);
			} catch (error) {
				complain(error);
			}
		},
		async savePoints({lists: unsaved, thenQuit}) {
			const {saved, files} = await save(unsaved);
			const where = [...files].map((file) => stripControl(file)).join(', ');
			update((state) =>
				events.pointsSaved(state, {
					lists: saved,
					text: `Interesting points are saved in ${where}.`,
				}),
			);
			if (thenQuit) {
				quit();
			}
		},
		async exportView() {
			const {painting} = session!.getFrame().picture;
			await write(painting, `${current.subject.name}-view`);
		},
		async exportPatch({request}) {
			const {state, results} = session!.getFrame();
			const painting = patchPainting(state, explain(state, results, request));
			await write(
				painting,
				`${current.subject.name}-patch-${request.x}-${request.y}`,
			);
		},
		async discardRecovery() {
			if (recovery) {
				await discardRecovery(recovery);
			}
		},
		quit,
	};

	return {
		open,
		serve(served) {
			session = served;
			supply(current);
			for (const change of early) {
				session.update(change);
			}
		},
		async offerRecovery() {
			const {files, points} = current;
			recovery = await findRecovery(files.image);
			if (recovery) {
				const marked = recoverPoints(
					recovery,
					points.points,
					points.pixelCount,
				);
				update((state) => events.recoveryFound(state, marked));
			}
		},
		carryOut(effect) {
			void (async () => {
				try {
					// eslint-disable-next-line @typescript-eslint/no-unsafe-type-assertion -- the handler that an effect's type leads to takes this effect
					await (handlers[effect.type] as (effect: Effect) => unknown)(effect);
				} catch (error) {
					complain(error);
				}
			})();
		},
		keepUnsaved() {
			for (const list of session ? unsavedPoints(session.getState()) : []) {
				writeRecovery(lists.get(keyOf(list))!.image, {
					base: list.saved,
					points: list.marked,
				});
			}
		},
		close() {
			current.provider?.close();
		},
	};
};
