import type {ListWindow} from '../explorer/views/window.js';

/** How much of a list is out of sight: "↑ 2 ↓ 5", or nothing. */
export const scrollNote = ({
	above,
	below,
}: Pick<ListWindow<unknown>, 'above' | 'below'>): string =>
	[above > 0 && `↑ ${above}`, below > 0 && `↓ ${below}`]
		.filter(Boolean)
		.join(' ');

/** The parts of a note that there are, with dots between. */
export const joinNotes = (...notes: readonly string[]): string =>
	notes.filter(Boolean).join(' · ');
