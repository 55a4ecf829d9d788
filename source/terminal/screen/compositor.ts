import {type Cells, blankCells} from '../../raster/cells.js';
import {ByteWriter} from './byte-writer.js';
import {type ColorDepth, type Placement, composeScreen} from './compose.js';
import {countChanged, encodeDifference} from './difference.js';
import {plainPen, reset} from './sgr.js';

/** The initial screen, in cells, and the way to it. */
export type CompositorOptions = {
	readonly columns: number;
	readonly rows: number;
	readonly colors: ColorDepth;
	/** Whether the terminal holds a frame back until it is complete (mode 2026). */
	readonly synchronized?: boolean;
	/** Sends bytes to the terminal and calls `done` once it has taken them; they must not change until then. */
	readonly write: (data: Uint8Array, done: () => void) => void;
};

/** Stands between frames and the terminal. */
export type Compositor = {
	/** Shows cells at their places, later ones over earlier ones. While the terminal is busy with an earlier frame, only the newest one waits. */
	draw(placements: readonly Placement[]): void;
	/** The terminal was resized, in cells; the next `draw` repaints everything. */
	resize(columns: number, rows: number): void;
	/** The terminal's abilities turned out different; what looks different now is repainted. */
	adapt(abilities: {colors: ColorDepth; synchronized: boolean}): void;
	/** Somebody else wrote to the screen; everything is repainted. */
	invalidate(): void;
};

/** Mode 2026: the terminal shows everything between the two at once. */
const beginUpdate = '\u001B[?2026h';
const endUpdate = '\u001B[?2026l';

/** Changed cells above which a frame is too large to be sent in full thirty times a second, as for a held key. */
const largeChange = 1500;

/** Milliseconds within which two large changes belong to the same held key, and after which a coarse frame is redrawn in full. */
const calm = 120;

/**
Keeps a copy of the screen and writes only the differences: one write a frame, at absolute positions, in as few bytes as the change needs.

During a series of large changes it draws in 256 colours, less than half the bytes, and in full once they have ceased.
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

	/** The latest frame, as finely as time allows. */
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
