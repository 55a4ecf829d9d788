import {helpSections, keyLabel} from '../keymap/index.js';

/** A line of the help. */
export type HelpLine =
	| {readonly kind: 'heading'; readonly text: string}
	| {
			readonly kind: 'binding';
			readonly keys: string;
			readonly description: string;
	  }
	| {readonly kind: 'blank'};

/** The help, as much of it as there is room for. */
export type HelpView = {
	readonly columns: ReadonlyArray<readonly HelpLine[]>;
	/** How many lines are above and below. */
	readonly above: number;
	readonly below: number;
};

const allLines: readonly HelpLine[] = helpSections.flatMap(
	({title, bindings}, index): HelpLine[] => [
		...(index === 0 ? [] : [{kind: 'blank'} as const]),
		{kind: 'heading', text: title},
		...bindings.map((binding): HelpLine => ({
			kind: 'binding',
			keys: keyLabel(binding),
			description: binding.description,
		})),
	],
);

/** The narrowest column of help, in cells. */
const columnWidth = 58;

/**
@param scroll - Lines; stops at the end.
@param width - Room, in cells.
@param height - Room, in cells.
*/
export const viewHelp = (
	scroll: number,
	{width, height}: {width: number; height: number},
): HelpView => {
	const count = Math.max(1, Math.floor(width / columnWidth));
	const room = count * height;
	const start = Math.min(scroll, Math.max(0, allLines.length - room));
	const perColumn = Math.min(height, Math.ceil(allLines.length / count));
	const lines = allLines.slice(start, start + perColumn * count);
	return {
		columns: Array.from({length: count}, (_, index) =>
			lines.slice(index * perColumn, (index + 1) * perColumn),
		),
		above: start,
		below: Math.max(0, allLines.length - start - lines.length),
	};
};
