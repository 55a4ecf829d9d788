import {type Cells, blankCells} from '../raster/cells.js';
import {ByteWriter} from './byte-writer.js';
import {type ColorDepth, type Placement, composeScreen} from './compose.js';
import {countChanged, encodeDifference} from './difference.js';
import {plainPen, reset} from './sgr.js';

/** The screen as it is in the beginning, in cells, and the way to it. */
export type CompositorOptions = {
	readonly columns: number;
	readonly rows: number;
	readonly colors: ColorDepth;
	/** Whether the terminal holds a frame back until it is complete (mode 2026). */
	readonly synchronized?: boolean;
	/** Sends bytes to the terminal and calls `done` once it has taken them; until then they stay as they are. */
	readonly write: (data: Uint8Array, done: () => void) => void;
};

/** What is between a frame and the terminal. */
export type Compositor = {
	/** Shows cells where they are placed, later ones over earlier ones. While the terminal is still taking an earlier frame, only the newest waits. */
	draw(placements: readonly Placement[]): void;
	/** The terminal has another size, in cells; the next `draw` paints everything. */
	resize(columns: number, rows: number): void;
	/** The terminal can do more, or less, than was thought; what looks otherwise now is painted again. */
	adapt(abilities: {colors: ColorDepth; synchronized: boolean}): void;
	/** Somebody else wrote to the screen; everything is painted again. */
	invalidate(): void;
};

/** Mode 2026: the terminal shows what comes between the two at once. */
const beginUpdate = '\u001B[?2026h';
const endUpdate = '\u001B[?2026l';

/** Cells from which a change is too large to be sent in full thirty times a second, as a held key does. */
const largeChange = 1500;

/** Milliseconds after a large change in which another one is of the same held key, and after which what was drawn coarsely is drawn in full. */
const calm = 120;

/**
Keeps a picture of the screen and writes only what differs from it: one write a frame, at absolute positions, with as few bytes as the change needs.

While large changes follow one another, they are drawn in 256 colours, less than half as many bytes, and in full once they have ceased.
*/
export const createCompositor = (options: CompositorOptions): Compositor => {
	let {columns, rows, colors, synchronized = false} = options;
	let screen = blankCells(columns, rows);
	let isScreenKnown = false;
	let pen = plainPen();
	let newest: readonly Placement[] | undefined;
	let isWriting = false;
	let isStale = false;
	let isCoarse = false;
	let changedAt = Number.NEGATIVE_INFINITY;
	let refining: NodeJS.Timeout | undefined;
	const bytes = new ByteWriter();

	const refine = (): void => {
		refining = undefined;
		isCoarse = false;
		flush();
	};

	/** What is to be seen now, as finely as there is time for. */
	const compose = (placements: readonly Placement[]): Cells => {
		const composeIn = (depth: ColorDepth): Cells =>
			composeScreen(columns, rows, placements, depth);
		if (colors !== '24bit') {
			return composeIn(colors);
		}

		const now = performance.now();
		if (!isCoarse) {
			const fine = composeIn(colors);
			if (countChanged(screen, fine) <= largeChange) {
				return fine;
			}

			isCoarse = now - changedAt < calm;
			changedAt = now;
			if (!isCoarse) {
				return fine;
			}
		}

		changedAt = now;
		clearTimeout(refining);
		refining = setTimeout(refine, calm).unref();
		return composeIn('256');
	};

	const flush = (): void => {
		if (!newest || isWriting) {
			isStale = true;
			return;
		}

		isStale = false;
		if (synchronized) {
			bytes.text(beginUpdate);
		}

		const start = bytes.length;
		if (!isScreenKnown) {
			bytes.text(`${reset}\u001B[2J`);
			screen = blankCells(columns, rows);
			pen = plainPen();
			isScreenKnown = true;
		}

		const target = compose(newest);
		encodeDifference(screen, target, pen, bytes);
		screen = target;
		if (bytes.length === start) {
			bytes.take();
			return;
		}

		if (synchronized) {
			bytes.text(endUpdate);
		}

		isWriting = true;
		options.write(bytes.take(), () => {
			isWriting = false;
			if (isStale) {
				flush();
			}
		});
	};

	const repaint = (): void => {
		if (newest) {
			flush();
		}
	};

	return {
		draw(placements) {
			newest = placements;
			flush();
		},
		resize(newColumns, newRows) {
			columns = newColumns;
			rows = newRows;
			newest = undefined;
			isScreenKnown = false;
		},
		adapt(abilities) {
			({colors, synchronized} = abilities);
			repaint();
		},
		invalidate() {
			isScreenKnown = false;
			repaint();
		},
	};
};
