import {expect, test} from 'vitest';
import {borrow} from '../../../source/ops/adjoint/borrow.js';

test('what is lent at once does not overlap', async () => {
	for (const size of [5, 5, 50]) {
		// eslint-disable-next-line no-await-in-loop -- The second time memory is there, the third time too little.
		await borrow(async (lend) => {
			const first = lend(size).fill(1);
			const second = lend(3).fill(2);
			await borrow(async (lendInside) => {
				lendInside(size).fill(3);
			});
			expect([...new Set(first)]).toEqual([1]);
			expect(first).toHaveLength(size);
			expect([...second]).toEqual([2, 2, 2]);
		});
	}
});

test('what one work took is lent to the next, also where it failed', async () => {
	const failing = borrow(async (lend) => {
		lend(70);
		throw new Error('no');
	});
	await expect(failing).rejects.toThrow('no');
	const buffers: ArrayBufferLike[] = [];
	for (const size of [60, 70]) {
		// eslint-disable-next-line no-await-in-loop -- One after the other.
		await borrow(async (lend) => {
			buffers.push(lend(size).buffer);
		});
	}

	expect(buffers[1]).toBe(buffers[0]);
});
