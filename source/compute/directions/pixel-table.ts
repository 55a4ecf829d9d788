import type {Target} from '../../autodiff/seed.js';
import type {Mix} from '../../ops/adjoint/unmix-rows.js';
import type {Size, View} from '../../raster/view.js';
import type {Seeds, SummedSeeds} from './plan.js';

/** Pixels of the logits within a window, each paired with a class. */
export type Windowed<Kind extends Seeds = Seeds> = Kind & {
	/** In pixels of the logits. */
	readonly window: View;
};

/** A window, and the derivatives of its logits along each direction. */
export type SummedWindow = Windowed<SummedSeeds>;

/** What determines the choice of a table. */
export type TableSize = {
	/** Of the logits. */
	readonly size: Size;
	readonly classes: number;
	/** Numbers that the table holds for each pixel and class. */
	readonly directions: number;
	/** Numbers that fit into memory. */
	readonly budget: number;
};

/** The window of at most `most` pixels around one of them, as square as the borders allow. */
const windowAround = (
	{width, height}: Size,
	position: number,
	pixels: number,
): View => {
	const side = Math.floor(Math.sqrt(pixels));
	const columns = Math.min(width, Math.max(side, Math.floor(pixels / height)));
	const rows = Math.min(height, Math.floor(pixels / columns));
	const within = (middle: number, length: number, end: number) =>
		Math.max(0, Math.min(middle - Math.floor(length / 2), end - length));
	return {
		x: within(position % width, columns, width),
		y: within(Math.floor(position / width), rows, height),
		width: columns,
		height: rows,
	};
};

const positionsIn = (
	{x, y, width, height}: View,
	columns: number,
): Uint32Array =>
	Uint32Array.from(
		{length: width * height},
		(_, at) => (y + Math.floor(at / width)) * columns + x + (at % width),
	);

/** The index of a pixel and class in a table; −1 where it does not hold them. */
const placeOf = (
	{window: {x, y, width, height}, ids}: Windowed,
	columns: number,
	position: number,
	id: number,
): number => {
	const column = (position % columns) - x;
	const row = Math.floor(position / columns) - y;
	if (column < 0 || column >= width || row < 0 || row >= height) {
		return -1;
	}

	const at = row * width + column;
	return ids[at] === id ? at : -1;
};

/** A target in terms of the pixels that its own are mixed from. */
export const spreadTarget = (
	target: Target,
	mixOf: (position: number) => Mix,
): Target => ({
	...target,
	pixels: target.pixels.flatMap(({position, weight = 1}) =>
		mixOf(position).map(([each, share]) => ({
			position: each,
			weight: weight * share,
		})),
	),
});

/** The seeds of a target and their weights. */
const termsOf = ({class: id, versus, pixels}: Target) =>
	pixels.flatMap(({position, weight = 1}) => [
		{position, id, weight},
		...(versus === undefined ? [] : [{position, id: versus, weight: -weight}]),
	]);

/** Whether tables hold every seed of a target. */
export const holdsTarget = (
	tables: readonly Windowed[],
	columns: number,
	target: Target,
): boolean =>
	termsOf(target).every(({position, id}) =>
		tables.some((table) => placeOf(table, columns, position, id) >= 0),
	);

/**
Chooses which pixels and classes to precompute after a target was asked: all pixels of all classes if they fit, otherwise each pixel with its own class as long as that is the question, otherwise all pixels with the class in question. Where not all pixels fit, those around the target.

@param predictions `[pixels]` the class of each pixel of the logits; undefined where these are mixed into the image's pixels, which then need neighbours with their own class too.
*/
export const chooseSeeds = (
	{size, classes, directions, budget}: TableSize,
	predictions: ArrayLike<number> | undefined,
	{class: id, pixels}: Target,
): readonly Windowed[] => {
	const space = size.width * size.height;
	const fitting = Math.min(space, Math.floor(budget / directions));
	const [{position}] = pixels;
	const window =
		fitting === space
			? {x: 0, y: 0, ...size}
			: windowAround(size, position, fitting);
	const positions = positionsIn(window, size.width);
	const ofClass = (each: number) => ({
		window,
		positions,
		ids: new Uint16Array(positions.length).fill(each),
	});
	if (classes * space * directions <= budget) {
		return Array.from({length: classes}, (_, each) => ofClass(each));
	}

	return predictions &&
		pixels.every(({position}) => predictions[position] === id)
		? [
				{
					window,
					positions,
					ids: Uint16Array.from(positions, (each) => predictions[each]),
				},
			]
		: [ofClass(id)];
};

/**
The derivative of a target's logit along each direction.

@returns `[directions]`; undefined where the tables lack one of its pixels.
*/
export const readTarget = (
	tables: readonly SummedWindow[],
	columns: number,
	target: Target,
): Float32Array | undefined => {
	const [{sums, ids}] = tables;
	const derivatives = new Float64Array(sums.length / ids.length);
	for (const {position, id, weight} of termsOf(target)) {
		let at = -1;
		const table = tables.find((each) => {
			at = placeOf(each, columns, position, id);
			return at >= 0;
		});
		if (!table) {
			return undefined;
		}

		const seeds = table.ids.length;
		for (const direction of derivatives.keys()) {
			derivatives[direction] += weight * table.sums[direction * seeds + at];
		}
	}

	return new Float32Array(derivatives);
};
