import type {Box} from '../../raster/view.js';
import type {Point, State} from '../state.js';
import {type CellSet, componentAt} from './components.js';
import {
	type Network,
	cellAt,
	networkOf,
	pixelOf,
	predictedClass,
} from './network.js';
import {segmentationOf} from './segmentations.js';

/** Whose logits are explained: the pixel's, or the sum over an area. */
export type Area =
	| {readonly kind: 'pixel'}
	/** The connected pixels of the same class around the cursor. */
	| {readonly kind: 'component'}
	/** A rectangle whose other corner is still the cursor. */
	| {readonly kind: 'drawing'; readonly from: Point}
	| {readonly kind: 'rectangle'; readonly box: Box};

/** The question about the cursor's pixel; it stays the same when the cursor moves. */
export type Question = {
	/** The layer's name. */
	readonly layer: string;
	/** The method's name. */
	readonly method: string;
	/** A class id; the predicted class where left out. */
	readonly target?: number | undefined;
	/** A class whose logits are subtracted: why the target and not this one. */
	readonly versus?: number | undefined;
	readonly area: Area;
};

/** A question with every default resolved. */
export type Target = {
	readonly class: number;
	readonly versus?: number;
	/** Cells of the network's output. */
	readonly cells: Uint32Array;
	/** Identifies the area. */
	readonly area: string;
};

/** The bounding box of two pixels. */
const span = (one: Point, other: Point): Box => ({
	left: Math.min(one.x, other.x),
	top: Math.min(one.y, other.y),
	right: Math.max(one.x, other.x),
	bottom: Math.max(one.y, other.y),
});

/** The rectangle in question, in image pixels. */
export const areaBox = ({question: {area}, cursor}: State): Box | undefined =>
	area.kind === 'rectangle'
		? area.box
		: area.kind === 'drawing'
			? span(area.from, cursor)
			: undefined;

const cellsIn = ({prediction}: Network, box: Box): Uint32Array => {
	const cells: number[] = [];
	const {width, height} = prediction;
	for (let cell = 0; cell < width * height; cell++) {
		const {x, y} = pixelOf(prediction, cell);
		if (x >= box.left && x <= box.right && y >= box.top && y <= box.bottom) {
			cells.push(cell);
		}
	}

	return Uint32Array.from(cells);
};

/** The output cells in question; none where the network does not see the pixel. */
const cellsOf = (state: State, network: Network): CellSet | undefined => {
	const {cursor, question} = state;
	const box = areaBox(state);
	if (box) {
		const cells = cellsIn(network, box);
		// A rectangle smaller than a cell counts as the cell it lies in.
		const [cell] = cells.length > 0 ? [] : [cellAt(network.prediction, cursor)];
		return {
			cells: cell === undefined ? cells : Uint32Array.of(cell),
			name: `${box.left},${box.top},${box.right},${box.bottom}`,
		};
	}

	const cell = cellAt(network.prediction, cursor);
	if (cell === undefined) {
		return undefined;
	}

	const segmentation = segmentationOf(state);
	return question.area.kind === 'component' && segmentation
		? componentAt(segmentation, network.prediction, cell)
		: {cells: Uint32Array.of(cell), name: `cell ${cell}`};
};

/** The class predicted for most of some cells. */
const commonClass = (network: Network, cells: Uint32Array): number => {
	const counts = new Uint32Array(network.classes.length);
	for (const cell of cells) {
		counts[predictedClass(network, cell)]++;
	}

	return counts.indexOf(Math.max(...counts));
};

/** The resolved question; undefined where the network does not see the pixel, or has not seen the image yet. */
export const targetOf = (state: State): Target | undefined => {
	const network = networkOf(state);
	const found = network && cellsOf(state, network);
	if (!found || found.cells.length === 0) {
		return undefined;
	}

	const {target, versus} = state.question;
	const {cells, name} = found;
	const id = target ?? commonClass(network, cells);
	return {
		class: id,
		...(versus !== undefined && versus !== id && {versus}),
		cells,
		area: name,
	};
};
