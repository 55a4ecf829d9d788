import type {Target} from '../../autodiff/seed.js';
import type {ClassTable} from '../class-table/class-table.js';
import type {EvaluatedImage, Explanation} from '../evaluated-image.js';

/** The question at the cursor. */
export type HoverQuestion = {
	readonly method: string;
	readonly target: Target;
};

/** Answers to what the cursor is likely to ask next, computed in the background: from then on hovering is instant. */
export type HoverTable = {
	/** Answers a question, if the table already covers it. */
	readonly explain: (
		question: HoverQuestion,
	) => Promise<Explanation | undefined>;
	/** After a slow question: starts computing a table for questions like it, where possible. */
	readonly build: (question: HoverQuestion) => void;
	/** Resolves when background work has stopped; unfinished tables may be abandoned. */
	readonly end: () => Promise<void>;
};

/** The class table of the class under the cursor, where the head ends in a resize. There is one at a time: the next class takes over the memory of the last. */
export const createHoverTable = (
	evaluated: EvaluatedImage,
	layer: string,
): HoverTable => {
	let table: ClassTable | undefined;
	let building: Promise<void> | undefined;
	let isPossible = true;

	const isTabled = ({method, target}: HoverQuestion): boolean =>
		method === 'grad-cam' && target.versus === undefined;

	const build = async (id: number): Promise<void> => {
		table?.release();
		table = undefined;
		try {
			table = await evaluated.classTable({layer, class: id});
			isPossible = table !== undefined;
		} catch {
			// Only a shortcut: every question can be answered without it.
			isPossible = false;
		}

		building = undefined;
	};

	return {
		explain: async (question) =>
			isTabled(question) && table?.class === question.target.class
				? table.explain(question.target)
				: undefined,
		build(question) {
			const {class: id} = question.target;
			if (
				isPossible &&
				isTabled(question) &&
				!building &&
				table?.class !== id
			) {
				building = build(id);
			}
		},
		async end() {
			await building;
		},
	};
};
