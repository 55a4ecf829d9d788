import path from 'node:path';
import {findCase} from '../../data/cases.js';
import {fileKinds} from '../../explorer/dialog.js';
import type {Effect} from '../../explorer/effect.js';
import * as events from '../../explorer/events.js';
import type {Session} from '../../explorer/session.js';
import type {State} from '../../explorer/state.js';
import {explanationOf} from '../../explorer/views/explanation.js';
import type {Painting} from '../../explorer/views/painting.js';
import {patchPainting} from '../../explorer/views/patches.js';
import {paintFullSize} from '../../ui/paint/painting.js';
import {exportPicture} from './export-picture.js';
import {listFolder} from './list-folder.js';
import type {OpenedSubject, SubjectFiles} from './open-subject.js';
import type {PointsBook} from './points-book.js';

/** What effects work on. */
type Place = {
	readonly book: PointsBook;
	/** The open files. */
	readonly subject: () => OpenedSubject;
	readonly session: () => Session;
	readonly update: (change: (state: State) => State) => void;
	/** Shows a message in the status bar. */
	readonly say: (text: string, tone?: 'info' | 'error') => void;
	/** Opens files in place of the open ones. */
	readonly show: (files: SubjectFiles) => Promise<void>;
	/** Ends the program. */
	readonly quit: () => void;
};

type Handlers = {
	readonly [Type in Effect['type']]: (
		effect: Extract<Effect, {type: Type}>,
	) => Promise<void> | void;
};

/** Carries out each kind of effect; rejects with the reason if it cannot. */
export const createHandler = ({
	book,
	subject,
	session,
	update,
	say,
	show,
	quit,
}: Place): ((effect: Effect) => Promise<void>) => {
	const write = async (
		painting: Painting | undefined,
		name: string,
	): Promise<void> => {
		if (!painting) {
			say('There are no Grad-CAM pixels to write.', 'error');
			return;
		}

		say(`Written: ${await exportPicture(paintFullSize(painting), name)}`);
	};

	const handlers: Handlers = {
		async open({files}) {
			// A new image comes with new files; otherwise files that were not chosen again stay.
			await show(
				files.image === undefined
					? {...subject().files, ...files}
					: {...files, image: files.image},
			);
		},
		async openCase({name}) {
			const {path: pointsFile} = subject().points;
			const chosen = await findCase(pointsFile, name);
			update((state) =>
				events.openMissing(state, {
					steps: fileKinds.filter((kind) => chosen[kind] === undefined),
					chosen,
					caseName: name,
					folder: path.dirname(path.resolve(chosen.image ?? pointsFile)),
				}),
			);
		},
		async listFolder({folder, kind}) {
			const real = path.resolve(folder);
			const entries = await listFolder(real, kind);
			update((state) =>
				events.folderListed(state, {
					folder,
					path: real,
					kind,
					entries,
				}),
			);
		},
		async savePoints({lists, thenQuit}) {
			const {saved, files} = await book.save(lists);
			update((state) =>
				events.pointsSaved(state, {
					lists: saved,
					text: `Interesting points are saved in ${files.join(', ')}.`,
				}),
			);
			if (thenQuit) {
				quit();
			}
		},
		async exportView() {
			const {painting} = session().getFrame().picture;
			await write(painting, `${subject().subject.name}-view`);
		},
		async exportPatch({request}) {
			const {state, results} = session().getFrame();
			await write(
				patchPainting(state, explanationOf(state, results, request)),
				`${subject().subject.name}-patch-${request.x}-${request.y}`,
			);
		},
		discardRecovery: book.forgetLost,
		quit,
	};

	return async (effect) =>
		// eslint-disable-next-line @typescript-eslint/no-unsafe-type-assertion -- the handler that an effect's type leads to takes this effect
		(handlers[effect.type] as (effect: Effect) => Promise<void> | void)(effect);
};
