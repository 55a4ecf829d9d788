import type {Target} from '../../autodiff/seed.js';
import type {Mix} from '../../ops/adjoint/unmix-rows.js';
import type {Size, View} from '../../raster/view.js';
import type {Seeds, SummedSeeds} from './plan.js';

/** Pixels of the logits within a window, each with a class. */
export type Windowed<Kind extends Seeds = Seeds> = Kind & {
	/** In pixels of the logits. */
	readonly window: View;
};

/** A window, and how the logits in it change along each direction. */
export type SummedWindow = Windowed<SummedSeeds>;

/** What a table is chosen by. */
export type TableSize = {
	/** Of the logits. */
	readonly size: Size;
	readonly classes: number;
	/** Numbers that are kept of each pixel and class. */
	readonly directions: number;
	/** Numbers that there is room for. */
	readonly room: number;
};

/** The window of no more than some pixels around one of them, as square as the borders allow. */
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

/** Where a table has a pixel with a class; −1 where it does not. */
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

/** A target by the pixels that its own are mixed from. */
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

/** The seeds of a target with what each counts. */
const termsOf = ({class: id, versus, pixels}: Target) =>
	pixels.flatMap(({position, weight = 1}) => [
		{position, id, weight},
		...(versus === undefined ? [] : [{position, id: versus, weight: -weight}]),
	]);

/** Whether tables have all that a target is a sum of. */
export const holdsTarget = (
	tables: readonly Windowed[],
	columns: number,
	target: Target,
): boolean =>
	termsOf(target).every(({position, id}) =>
		tables.some((table) => placeOf(table, columns, position, id) >= 0),
	);

/**
Chooses which pixels of which classes to have ready once a target has been asked: all of all classes if there is room for them, else each with its own class as long as that is what is asked, else all with the class that is. Where there is no room for all pixels, those around the one that was asked.

@param predictions - `[pixels]` the class of each pixel of the logits; undefined where these are mixed for the image's pixels, which so need neighbours with their own class.
*/
export const chooseSeeds = (
	{size, classes, directions, room}: TableSize,
	predictions: ArrayLike<number> | undefined,
	{class: id, pixels}: Target,
): readonly Windowed[] => {
	const space = size.width * size.height;
	const fitting = Math.min(space, Math.floor(room / directions));
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
	if (classes * space * directions <= room) {
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
How the logit of a target changes along each direction.

@returns `[directions]`; undefined where the tables do not have all of its pixels.
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
