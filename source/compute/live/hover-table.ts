import type {Target} from '../../autodiff/seed.js';
import type {ClassTable} from '../class-table/class-table.js';
import type {EvaluatedImage, Explanation} from '../evaluated-image.js';

/** What the cursor asks. */
export type HoverQuestion = {
	readonly method: string;
	readonly target: Target;
};

/** Answers to what the cursor will ask next, computed while nobody waits for them: hovering is instant from then on. */
export type HoverTable = {
	/** Answers a question, if what that takes has been computed. */
	readonly explain: (
		question: HoverQuestion,
	) => Promise<Explanation | undefined>;
	/** A question took long: computes in the background what answers others like it, where that can be done. */
	readonly build: (question: HoverQuestion) => void;
	/** Resolves when nothing is computed any more; what is not ready by then may be given up. */
	readonly end: () => Promise<void>;
};

/** The class table of the class under the cursor, where the head ends in a resize. One at a time: the next class takes the memory of the last one. */
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
			// It is a shortcut only: every question is answered without it, too.
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
