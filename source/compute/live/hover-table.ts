import type {ClassTable} from '../class-table/class-table.js';
import type {EvaluatedImage} from '../evaluated-image.js';

/** The class table of the class under the cursor, built while nobody waits for it: hovering is instant from then on. */
export type HoverTable = {
	/** The table of a class, if it has been built. */
	readonly of: (id: number) => ClassTable | undefined;
	/** Builds the table of a class in the background, unless one is being built. */
	readonly build: (id: number) => void;
	/** Resolves when nothing is being built. */
	readonly settled: () => Promise<void>;
};

/** One table at a time: the next class takes the memory of the last one. */
export const createHoverTable = (
	evaluated: EvaluatedImage,
	layer: string,
): HoverTable => {
	let table: ClassTable | undefined;
	let building: Promise<void> | undefined;
	let isPossible = true;

	const build = async (id: number): Promise<void> => {
		table?.release();
		table = undefined;
		try {
			table = await evaluated.classTable({layer, class: id});
			isPossible = table !== undefined;
		} catch {
			// It is a shortcut only: every question is answered without it, too.
			isPossible = false;
		}

		building = undefined;
	};

	return {
		of: (id) => (table?.class === id ? table : undefined),
		build(id) {
			if (isPossible && !building && table?.class !== id) {
				building = build(id);
			}
		},
		async settled() {
			await building;
		},
	};
};
