import type {FunctionComponent, ReactNode} from 'react';
import type {Frame} from '../../explorer/frame.js';

/** A pane's size with its border, in cells. */
export type PaneSize = {readonly width: number; readonly height: number};

/** What a pane shows of one frame. */
export type PaneView = {
	/** It looks the same as long as this does. */
	readonly view: unknown;
	/** At the right of its title. */
	readonly note: string;
	/** Inside its border. */
	readonly draw: () => ReactNode;
};

/** What a pane shows, whatever the frame. */
export type PaneContent = (frame: Frame, size: PaneSize) => PaneView;

/**
Makes a pane of what it reads of a frame and how that looks.

@param view - Everything that decides what the pane shows.
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
