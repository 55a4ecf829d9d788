import {elementCount} from '../../../graph/tensor.js';
import {type Allocate, newArray} from '../scratch.js';
import type {LooseRows, PendingRows} from '../merge-rows.js';
import type {ReverseContext} from '../../rules/adjoint.js';
import type {TapMap} from './taps.js';

/** Multiplications below which plain loops beat a call of the runtime. */
const lightWork = 2 ** 12;

/** Whether the rows have so few nonzero elements that plain loops are faster: a seed, for one, is one class of one pixel. */
export const isLight = (
	{inputs, groups, kernel}: TapMap,
	rows: Float32Array,
): boolean => {
	let budget = (lightWork * groups) / (inputs * elementCount(kernel));
	for (const value of rows) {
		if (value !== 0 && --budget < 0) {
			return false;
		}
	}

	return true;
};

/** `[R, Cout] → [R, taps, Cin]` */
export const multiplyAtOnce = async (
	context: ReverseContext,
	map: TapMap,
	rows: Float32Array,
): Promise<Float32Array> => {
	if (map.groups > 1 || isLight(map, rows)) {
		return multiplyHere(map, rows, context.allocate);
	}

	const {outputs, inputs, kernel} = map;
	const taps = elementCount(kernel);
	const product = await context.kernels.product(
		`${context.node.name} by taps`,
		{k: outputs, n: taps * inputs},
		(allocate) =>
			weightMatrix(
				map,
				Array.from({length: taps}, (_, tap) => tap),
				allocate,
			),
	);
	const count = rows.length / outputs;
	return product(rows, count, context.allocate(count * taps * inputs));
};

/** One product `[R, Cout] · [Cout, Cin]` for each tap, over the rows that it leads inside. */
export const multiplyByTap = (
	context: ReverseContext,
	map: TapMap,
	{owners, positions, rows}: LooseRows,
): readonly PendingRows[] => {
	const {outputs, inputs, kernel} = map;
	const taps = elementCount(kernel);
	return Array.from({length: taps}, (_, tap) => {
		const inside = rowsInside(positions, taps, tap);
		return {
			owners: inside.map((row) => owners[row]),
			positions: inside.map((row) => positions[row * taps + tap]),
			async write(into: Float32Array) {
				const product = await context.kernels.product(
					`${context.node.name} tap ${tap}`,
					{k: outputs, n: inputs},
					(allocate) => weightMatrix(map, [tap], allocate),
				);
				await product(pickRows(rows, outputs, inside), inside.length, into);
			},
		};
	}).filter(({owners}) => owners.length > 0);
};

const rowsInside = (
	positions: Int32Array,
	taps: number,
	tap: number,
): Int32Array =>
	Int32Array.from({length: positions.length / taps}, (_, row) => row).filter(
		(row) => positions[row * taps + tap] >= 0,
	);

/** `[picked, width]` */
export const pickRows = (
	rows: Float32Array,
	width: number,
	picked: ArrayLike<number>,
	allocate: Allocate = newArray,
): Float32Array => {
	if (picked.length * width === rows.length) {
		return rows;
	}

	const result = allocate(picked.length * width);
	for (let index = 0; index < picked.length; index++) {
		const row = picked[index];
		result.set(rows.subarray(row * width, (row + 1) * width), index * width);
	}

	return result;
};

/** `[Cout, taps, Cin / groups]` */
export const weightMatrix = (
	{outputs, inputs, groups, weights: {data, begin, step}}: TapMap,
	taps: readonly number[],
	allocate: Allocate,
): Float32Array => {
	const inputsEach = inputs / groups;
	const matrix = allocate(outputs * taps.length * inputsEach);
	let index = 0;
	for (let output = 0; output < outputs; output++) {
		for (const tap of taps) {
			let from = begin(output) + tap;
			for (let input = 0; input < inputsEach; input++, index++) {
				matrix[index] = data[from];
				from += step;
			}
		}
	}

	return matrix;
};

/** Skips zeros. Also for grouped and depthwise convolutions, too thin for a matrix product. */
const multiplyHere = (
	{outputs, inputs, groups, kernel, weights: {data, begin, step}}: TapMap,
	rows: Float32Array,
	allocate: Allocate,
): Float32Array => {
	const taps = elementCount(kernel);
	const inputsEach = inputs / groups;
	const outputsEach = outputs / groups;
	const result = allocate((rows.length / outputs) * taps * inputs).fill(0);
	for (const [index, value] of rows.entries()) {
		if (value === 0) {
			continue;
		}

		const output = index % outputs;
		const row = (index - output) / outputs;
		const first = Math.trunc(output / outputsEach) * inputsEach;
		for (let tap = 0; tap < taps; tap++) {
			const to = (row * taps + tap) * inputs + first;
			let from = begin(output) + tap;
			for (let input = 0; input < inputsEach; input++) {
				result[to + input] += value * data[from];
				from += step;
			}
		}
	}

	return result;
};
