import {type LoadedPoints, savePoints} from '../../data/points/points.js';
import {
	type Recovery,
	discardRecovery,
	findRecovery,
	recoverPoints,
	writeRecovery,
} from '../../data/points/recovery.js';
import type {PointList} from '../../explorer/points.js';
import type {OpenedSubject} from './open-subject.js';

/** The interesting points of every opened image, and their files. */
export type PointsBook = {
	/** Records the points of an image that has been opened. */
	enter(opened: OpenedSubject): PointList;
	/**
	Saves lists, together with what other sessions have saved.

	@returns What the files hold now, and which files these are.
	@throws {UsageError} If a file cannot be written.
	*/
	save(
		lists: readonly PointList[],
	): Promise<{saved: readonly PointList[]; files: readonly string[]}>;
	/** Saves lists for the next start, synchronously. */
	keep(lists: readonly PointList[]): void;
	/** The points of an image with the changes of interrupted sessions; undefined if there are none. */
	findLost(opened: OpenedSubject): Promise<readonly number[] | undefined>;
	/** Deletes those changes. */
	forgetLost(): Promise<void>;
};

const keyOf = ({file, name}: Pick<PointList, 'file' | 'name'>): string =>
	JSON.stringify([file, name]);

/** Creates an empty book for a session. */
export const createPointsBook = (): PointsBook => {
	const entries = new Map<string, {image: string; loaded: LoadedPoints}>();
	let recovery: Recovery | undefined;
	return {
		enter({files, points: loaded}) {
			const list = {
				file: loaded.path,
				name: loaded.image,
				saved: loaded.points,
				marked: loaded.points,
			};
			entries.set(keyOf(list), {image: files.image, loaded});
			return list;
		},
		async save(lists) {
			const saved: PointList[] = [];
			const files = new Set<string>();
			for (const list of lists) {
				const {image, loaded} = entries.get(keyOf(list))!;
				// Lists may share a file, so they are written one by one.
				// eslint-disable-next-line no-await-in-loop
				const now = await savePoints(loaded, list.marked);
				entries.set(keyOf(list), {image, loaded: now});
				saved.push({...list, saved: now.points, marked: now.points});
				files.add(now.path);
			}

			return {saved, files: [...files]};
		},
		keep(lists) {
			for (const list of lists) {
				writeRecovery(entries.get(keyOf(list))!.image, {
					base: list.saved,
					points: list.marked,
				});
			}
		},
		async findLost({files, points}) {
			recovery = await findRecovery(files.image);
			return (
				recovery && recoverPoints(recovery, points.points, points.pixelCount)
			);
		},
		async forgetLost() {
			if (recovery) {
				await discardRecovery(recovery);
			}
		},
	};
};
