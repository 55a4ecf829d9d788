import type {ListWindow} from '../explorer/views/window.js';
import {fitText, textWidth} from './fit-text.js';

/** How much of a list is out of view: "↑ 2 ↓ 5", or nothing. */
export const scrollNote = ({
	above,
	below,
}: Pick<ListWindow<unknown>, 'above' | 'below'>): string =>
	[above > 0 && `↑ ${above}`, below > 0 && `↓ ${below}`]
		.filter(Boolean)
		.join(' ');

const dot = ' · ';

/** Joins the parts of a note that are present, with dots. */
export const joinNotes = (...notes: readonly string[]): string =>
	notes.filter(Boolean).join(dot);

/**
As many leading parts of a joined note as fit; the first one is truncated if need be.

@param width Cells.
*/
export const fitNotes = (note: string, width: number): string => {
	const [first, ...others] = note.split(dot);
	let fitted = fitText(first, width);
	for (const part of others) {
		const longer = `${fitted}${dot}${part}`;
		if (textWidth(longer) > width) {
			break;
		}

		fitted = longer;
	}

	return fitted;
};
