import {expect, test} from 'vitest';
import {predictClasses} from '../../source/compute/predicted-classes.js';

test('the predicted class has the greatest logit, the first of equal ones', () => {
	expect([...predictClasses(Float32Array.of(1, 5, 0, 1, 2, 7), 2)]).toEqual([
		0, 0, 1,
	]);
});

test('a single class is told from its absence', () => {
	expect([...predictClasses(Float32Array.of(4, -1, 0.1), 1)]).toEqual([
		0, 1, 0,
	]);
});
