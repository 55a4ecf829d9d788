import {expect, test} from 'vitest';
import {withScratch} from '../../../source/ops/adjoint/scratch.js';

test('arrays that are in use at the same time do not overlap', async () => {
	for (const size of [5, 5, 50]) {
		// eslint-disable-next-line no-await-in-loop -- The second time memory is there, the third time too little.
		await withScratch(async (allocate) => {
			const first = allocate(size).fill(1);
			const second = allocate(3).fill(2);
			await withScratch(async (allocateInside) => {
				allocateInside(size).fill(3);
			});
			expect([...new Set(first)]).toEqual([1]);
			expect(first).toHaveLength(size);
			expect([...second]).toEqual([2, 2, 2]);
		});
	}
});

test('what one piece of work has used is given to the next, even after a failure', async () => {
	const failing = withScratch(async (allocate) => {
		allocate(70);
		throw new Error('no');
	});
	await expect(failing).rejects.toThrow('no');
	const buffers: ArrayBufferLike[] = [];
	for (const size of [60, 70]) {
		// eslint-disable-next-line no-await-in-loop -- One after the other.
		await withScratch(async (allocate) => {
			buffers.push(allocate(size).buffer);
		});
	}

	expect(buffers[1]).toBe(buffers[0]);
});
