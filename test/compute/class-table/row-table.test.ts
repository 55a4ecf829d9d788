import fc from 'fast-check';
import {afterEach, describe, expect, test, vi} from 'vitest';
import {rectify} from '../../../source/cam/rectify.js';
import {createRowTable} from '../../../source/compute/class-table/row-table.js';

const count = 5;

/** Numbers of which no sum depends on its order. */
const number = fc.oneof(
	fc.constantFrom(Number.NaN, -0),
	fc.integer({min: -100, max: 100}),
);

const question = fc.integer({min: 1, max: 11}).chain((length) =>
	fc.record({
		length: fc.constant(length),
		rows: fc.array(number, {
			minLength: count * length,
			maxLength: count * length,
		}),
		shares: fc.uniqueArray(
			fc.tuple(fc.nat({max: count - 1}), fc.constantFrom(0.25, 0.5, 1, 2)),
			{selector: ([row]) => row},
		),
	}),
);

afterEach(() => {
	vi.unstubAllGlobals();
});

describe.each(['where there is memory to mix in', 'where there is none'])(
	'%s',
	(where) => {
		test('rows are mixed, and maps rectified', () => {
			if (where.endsWith('none')) {
				vi.stubGlobal('WebAssembly', {});
			}

			fc.assert(
				fc.property(question, ({length, rows, shares}) => {
					const table = createRowTable(count, length);
					table.rows.set(rows);
					const wanted = Array.from({length}, (_, at) => {
						let sum = 0;
						for (const [row, weight] of shares) {
							sum += weight * rows[row * length + at];
						}

						return sum;
					});
					const map = Float32Array.from(wanted);
					const extremes = rectify(map);
					expect(table.mix(new Map(shares))).toEqual({map, ...extremes});
				}),
			);
		});
	},
);
