import type {FunctionComponent, ReactNode} from 'react';
import type {Frame} from '../../explorer/frame.js';

/** A pane's size with its border, in cells. */
export type PaneSize = {readonly width: number; readonly height: number};

/** What a pane shows in one frame. */
export type PaneView = {
	/** Unchanged as long as the pane looks the same. */
	readonly view: unknown;
	/** On the right of its title. */
	readonly note: string;
	/** Within its border. */
	readonly draw: () => ReactNode;
};

/** The content of a pane, for any frame. */
export type PaneContent = (frame: Frame, size: PaneSize) => PaneView;

/**
Defines a pane by what it reads of a frame and how it draws that.

@param view Everything that determines what the pane shows.
*/
export const paneContent =
	<View,>({
		view,
		note,
		Content,
	}: {
		readonly view: (frame: Frame, size: PaneSize) => View;
		readonly note: (view: View, size: PaneSize) => string;
		readonly Content: FunctionComponent<{readonly view: View} & PaneSize>;
	}): PaneContent =>
	(frame, size) => {
		const seen = view(frame, size);
		return {
			view: seen,
			note: note(seen, size),
			draw: () => <Content view={seen} {...size} />,
		};
	};
