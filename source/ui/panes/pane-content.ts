import type {FunctionComponent} from 'react';
import type {Frame} from '../../explorer/frame.js';

/** A pane's size with its border, in cells. */
export type PaneSize = {readonly width: number; readonly height: number};

/** What a pane shows inside its border, and at the right of its title. */
export type PaneContent = {
	readonly Content: FunctionComponent<{readonly frame: Frame} & PaneSize>;
	readonly note: (frame: Frame, size: PaneSize) => string;
};
