import {describe, expect, test} from 'vitest';
import {
	chooseSeeds,
	holdsTarget,
	readTarget,
	type SummedWindow,
	type TableSize,
	type Windowed,
} from '../../../source/compute/directions/pixel-table.js';

/** Ten columns, six rows, three classes; each pixel is of the class that its column says. */
const size = {width: 10, height: 6};
const space = size.width * size.height;
const predictions = Uint16Array.from({length: space}, (_, at) => (at % 10) % 3);
const tableSize = (budget: number): TableSize => ({
	size,
	classes: 3,
	directions: 4,
	budget,
});

const targetAt = (position: number, id = predictions[position]) => ({
	class: id,
	pixels: [{position}],
});

/** As workers would leave them: every sum says direction, pixel and class. */
const summed = (tables: readonly Windowed[], directions = 4): SummedWindow[] =>
	tables.map((table) => {
		const {positions, ids} = table;
		const sums = new Float32Array(directions * ids.length);
		for (const at of sums.keys()) {
			const seed = at % ids.length;
			const direction = Math.floor(at / ids.length);
			sums[at] = 1000 * direction + 10 * positions[seed] + ids[seed];
		}

		return {...table, sums};
	});

describe('what is chosen to be ready', () => {
	test('is every pixel with every class, where there is room', () => {
		const tables = chooseSeeds(
			tableSize(3 * 4 * space),
			predictions,
			targetAt(7),
		);
		expect(tables).toHaveLength(3);
		for (let position = 0; position < space; position++) {
			for (let id = 0; id < 3; id++) {
				expect(holdsTarget(tables, 10, targetAt(position, id))).toBe(true);
			}
		}
	});

	test('is every pixel with its own class, where there is room for one', () => {
		const tables = chooseSeeds(tableSize(4 * space), predictions, targetAt(7));
		expect(tables).toHaveLength(1);
		for (let position = 0; position < space; position++) {
			expect(holdsTarget(tables, 10, targetAt(position))).toBe(true);
		}

		expect(holdsTarget(tables, 10, targetAt(7, 2))).toBe(false);
	});

	test('is every pixel with the class that is asked, if that is not its own', () => {
		const tables = chooseSeeds(
			tableSize(4 * space),
			predictions,
			targetAt(7, 2),
		);
		for (let position = 0; position < space; position++) {
			expect(holdsTarget(tables, 10, targetAt(position, 2))).toBe(true);
		}
	});

	test.each([0, 9, 25, 50, 59])(
		'is what lies around the pixel, where there is no room for all (%i)',
		(position) => {
			const [table] = chooseSeeds(
				tableSize(4 * 18),
				predictions,
				targetAt(position),
			);
			expect(table.window).toMatchObject({width: 4, height: 4});
			expect(table.positions).toHaveLength(16);
			expect(holdsTarget([table], 10, targetAt(position))).toBe(true);
			expect(
				table.positions.every((each) =>
					holdsTarget([table], 10, targetAt(each)),
				),
			).toBe(true);
		},
	);
});

describe('what is read of it', () => {
	test('is the change of the logit along each direction', () => {
		const tables = summed(
			chooseSeeds(tableSize(3 * 4 * space), predictions, targetAt(7)),
		);
		expect([...readTarget(tables, 10, targetAt(42, 2))!]).toEqual([
			422, 1422, 2422, 3422,
		]);
	});

	test('is the sum over the pixels, less that of another class', () => {
		const tables = summed(
			chooseSeeds(tableSize(3 * 4 * space), predictions, targetAt(7)),
		);
		const pixels = [{position: 3}, {position: 4, weight: 2}];
		expect([...readTarget(tables, 10, {class: 1, pixels})!]).toEqual([
			31 + 82,
			1031 + 2082,
			2031 + 4082,
			3031 + 6082,
		]);
		expect([...readTarget(tables, 10, {class: 2, versus: 0, pixels})!]).toEqual(
			[6, 6, 6, 6],
		);
	});

	test('is nothing, where a pixel is missing', () => {
		const tables = summed(
			chooseSeeds(tableSize(4 * 18), predictions, targetAt(0)),
		);
		expect(readTarget(tables, 10, targetAt(59))).toBeUndefined();
		expect(readTarget(tables, 10, targetAt(0, 1))).toBeUndefined();
	});
});
