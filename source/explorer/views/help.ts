import {type Section, helpSections, keyLabel, keymap} from '../keymap/index.js';
import type {PaneName} from '../panes.js';

/** A line of the help. */
export type HelpLine =
	| {readonly kind: 'heading'; readonly text: string}
	| {
			readonly kind: 'binding';
			readonly keys: string;
			readonly description: string;
	  }
	| {readonly kind: 'blank'};

/** The visible part of the help. */
export type HelpView = {
	readonly columns: ReadonlyArray<readonly HelpLine[]>;
	/** How many lines are hidden above and below. */
	readonly above: number;
	readonly below: number;
};

const linesOf = ({title, bindings}: Section): readonly HelpLine[] => [
	{kind: 'heading', text: title},
	...bindings.map((binding): HelpLine => ({
		kind: 'binding',
		keys: keyLabel(binding),
		description: binding.description,
	})),
	{kind: 'blank'},
];

/** All sections, that of the pane that has the keys first. */
const sectionsFor = (focus: PaneName): ReadonlyArray<readonly HelpLine[]> => {
	const own: Section = keymap[focus];
	return [own, ...helpSections.filter((section) => section !== own)].map(
		(section) => linesOf(section),
	);
};

/** Sections in columns of a given height, none of them split; undefined where they do not fit. */
const fillColumns = (
	sections: ReadonlyArray<readonly HelpLine[]>,
	count: number,
	height: number,
): ReadonlyArray<readonly HelpLine[]> | undefined => {
	const columns: HelpLine[][] = [[]];
	for (const lines of sections) {
		// A section's trailing blank line may be cut.
		if (columns.at(-1)!.length + lines.length - 1 > height) {
			columns.push([]);
		}

		columns.at(-1)!.push(...lines);
	}

	const fits =
		columns.length <= count &&
		columns.every(({length}) => length - 1 <= height);
	return fits ? columns : undefined;
};

/** The narrowest column, in cells: the longest line and two blanks. */
const columnWidth = 58;

/**
The view of the help.

@param focus The focused pane, whose keys come first.
@param scroll Lines; stops at the end.
@param width Room, in cells.
@param height Room, in cells.
*/
export const viewHelp = (
	focus: PaneName,
	scroll: number,
	{width, height}: {width: number; height: number},
): HelpView => {
	const sections = sectionsFor(focus);
	const allLines = sections.flat();
	const count = Math.max(1, Math.floor(width / columnWidth));
	for (
		let least = Math.ceil(allLines.length / count);
		least <= height;
		least++
	) {
		const columns = fillColumns(sections, count, least);
		if (columns) {
			return {columns, above: 0, below: 0};
		}
	}

	const room = count * height;
	const start = Math.min(scroll, Math.max(0, allLines.length - 1 - room));
	const lines = allLines.slice(start, start + room);
	return {
		columns: Array.from({length: count}, (_, index) =>
			lines.slice(index * height, (index + 1) * height),
		),
		above: start,
		below: Math.max(0, allLines.length - 1 - start - lines.length),
	};
};
