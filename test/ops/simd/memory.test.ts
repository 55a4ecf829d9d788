import fc from 'fast-check';
import {expect, test} from 'vitest';
import {
	giveBack,
	isInMemory,
	keep,
	keepArray,
	type Stretch,
	take,
} from '../../../source/ops/simd/memory.js';

/** The most that can be taken at once, found by halving. */
const roomLeft = (): number => {
	let [fits, tooMuch] = [0, 2 ** 30];
	while (tooMuch - fits > 64) {
		const bytes = (fits + tooMuch) / 2;
		const stretch = take(bytes);
		if (stretch) {
			giveBack(stretch);
			fits = bytes;
		} else {
			tooMuch = bytes;
		}
	}

	return fits;
};

test('what is taken at once does not overlap, and what is given back is taken again', () => {
	const room = roomLeft();
	fc.assert(
		fc.property(
			fc.array(
				fc.record({bytes: fc.nat({max: 1000}), which: fc.nat({max: 9})}),
				{maxLength: 40},
			),
			(turns) => {
				const taken: Stretch[] = [];
				for (const {bytes, which} of turns) {
					const [old] = taken.splice(which, 1);
					if (old) {
						giveBack(old);
					}

					const stretch = take(bytes)!;
					expect(stretch.end - stretch.begin).toBeGreaterThanOrEqual(bytes);
					expect(stretch.begin % 16).toBe(0);
					for (const {begin, end} of taken) {
						expect(stretch.end <= begin || stretch.begin >= end).toBe(true);
					}

					taken.push(stretch);
				}

				for (const stretch of taken) {
					giveBack(stretch);
				}
			},
		),
	);
	expect(roomLeft()).toBe(room);
});

test('what is kept leaves room for scratch memory', () => {
	const owner = {};
	const kept: Stretch[] = [];
	for (;;) {
		const stretch = keep(2 ** 22, owner);
		if (!stretch) {
			break;
		}

		kept.push(stretch);
	}

	expect(kept.length).toBeGreaterThan(0);
	expect(roomLeft()).toBeGreaterThan(2 ** 25);
});

test('an array that is kept lies in the memory, and elsewhere where there is no room', () => {
	const small = keepArray(100);
	expect(small.length).toBe(100);
	const large = keepArray(2 ** 28);
	expect(large.length).toBe(2 ** 28);
	expect(isInMemory(large)).toBe(false);
});
