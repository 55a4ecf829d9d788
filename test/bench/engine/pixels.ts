import type {Target} from '../../../source/autodiff/seed.js';
import type {Shape} from '../../../source/graph/tensor.js';

/** A pixel that is asked about. */
export type Pixel = {
	/** The class asked about. */
	readonly label: number;
	readonly x: number;
	readonly y: number;
};

/** A pixel for each turn, of logits `[1, classes, height, width]`. */
export type PixelOf = (turn: number) => Pixel;

/** Jumps about, so that no pixel finds its neighbour's data in the processor's cache. */
export const jumpAbout =
	([, classes, height, width]: Shape): PixelOf =>
	(turn) => ({
		label: turn % classes,
		x: (turn * 7919) % width,
		y: (turn * 104_729) % height,
	});

/** Moves on as under a held key, row after row. */
export const moveOn =
	([, classes, height, width]: Shape): PixelOf =>
	(turn) => ({
		label: turn % classes,
		x: (3 * turn) % width,
		y: (Math.floor(height / 2) + Math.floor((3 * turn) / width)) % height,
	});

/** A pixel as an explainer takes it. */
export const targetOf = ({label, x, y}: Pixel, shape: Shape): Target => ({
	class: label,
	pixels: [{position: y * shape[3] + x}],
});
