import {expect, test} from 'vitest';
import {createBudget} from '../../../source/compute/live/budget.js';

/** A budget of ten, and the names of those who had to leave. */
const open = () => {
	const budget = createBudget(10);
	const left: string[] = [];
	const take = (name: string, numbers: number) =>
		budget.take(numbers, () => {
			left.push(name);
		});
	return {take, left};
};

test('who has not been used for longest leaves first, and no more than must', () => {
	const {take, left} = open();
	const first = take('first', 4);
	take('second', 3);
	take('third', 3);
	first.renew();
	take('fourth', 3);
	expect(left).toEqual(['second']);
	take('fifth', 6);
	expect(left).toEqual(['second', 'third', 'first']);
});

test('what is given back is free, once', () => {
	const {take, left} = open();
	const first = take('first', 6);
	first.giveBack();
	first.giveBack();
	take('second', 10);
	expect(left).toEqual([]);
	take('third', 1);
	expect(left).toEqual(['second']);
});

test('nobody is renewed who has left', () => {
	const {take, left} = open();
	const first = take('first', 6);
	take('second', 6);
	first.renew();
	take('third', 10);
	expect(left).toEqual(['first', 'second']);
});
