import {elementCount} from '../../../graph/tensor.js';
import type {ReverseContext} from '../../rules/adjoint.js';
import {pickRows, weightMatrix} from './products.js';
import type {TapMap} from './taps.js';

/** `[Cout]`, what a tap reads at a position of the input, by `position · taps + tap`. */
export type Readings = ReadonlyMap<number, Float32Array>;

/** Elements cached for an input and a tap map, 16 MB; those of a large picture would take many times the picture's size. */
const capacity = 2 ** 22;

/** By forward value and tap map, the readings known so far. */
const known = new WeakMap<
	Float32Array,
	WeakMap<TapMap, Map<number, Float32Array>>
>();

/**
What each tap reads where it leads: the input's values there times the tap's weights.

Readings depend only on the image, and neighbouring pixels reach the same positions, so they are cached as long as the values live.

@param values `[space, Cin]` of the input.
@param targets `[rows, taps]` the position that each tap leads to, −1 outside.
*/
export const readTaps = async (
	context: ReverseContext,
	map: TapMap,
	{
		values,
		targets,
	}: {readonly values: Float32Array; readonly targets: Int32Array},
): Promise<Readings> => {
	const taps = elementCount(map.kernel);
	const kept = known.get(values) ?? new WeakMap<TapMap, never>();
	known.set(values, kept);
	let readings = kept.get(map) ?? new Map<number, Float32Array>();
	let missing = findMissing(targets, taps, readings);
	const count = missing.reduce((sum, {length}) => sum + length, 0);
	if ((readings.size + count) * map.outputs > capacity) {
		// Replaced rather than emptied: another question may still be reading it.
		readings = new Map();
		missing = findMissing(targets, taps, readings);
	}

	kept.set(map, readings);

	await Promise.all(
		missing.map(async (positions, tap) => {
			if (positions.length > 0) {
				const read = await readTap(context, map, {values, positions, tap});
				for (const [row, position] of positions.entries()) {
					readings.set(
						position * taps + tap,
						read.subarray(row * map.outputs, (row + 1) * map.outputs),
					);
				}
			}
		}),
	);
	return readings;
};

/** By tap, the positions whose readings are not cached yet. */
const findMissing = (
	targets: Int32Array,
	taps: number,
	readings: Readings,
): ReadonlyArray<readonly number[]> => {
	const missing = Array.from({length: taps}, () => new Set<number>());
	for (const [at, position] of targets.entries()) {
		const tap = at % taps;
		if (position >= 0 && !readings.has(position * taps + tap)) {
			missing[tap].add(position);
		}
	}

	return missing.map((positions) => [...positions]);
};

/** `[positions, Cout]` */
const readTap = async (
	{node, kernels, allocate}: ReverseContext,
	map: TapMap,
	{
		values,
		positions,
		tap,
	}: {
		readonly values: Float32Array;
		readonly positions: readonly number[];
		readonly tap: number;
	},
): Promise<Float32Array> => {
	const {inputs, outputs} = map;
	const product = await kernels.product(
		`${node.name} reads tap ${tap}`,
		{k: inputs, n: outputs, by: 'columns'},
		(allocate) => weightMatrix(map, [tap], allocate),
	);
	return product(
		pickRows(values, inputs, positions, allocate),
		positions.length,
	);
};
