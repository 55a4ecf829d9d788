import type {Target} from '../../autodiff/seed.js';
import type {Explanation} from '../evaluated-image.js';

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
