import {expect, test} from 'vitest';
import {createBackground} from '../../../source/compute/live/background.js';
import {createBudget} from '../../../source/compute/live/budget.js';

const threads = createBudget(1);

test('jobs run one after the other, and the threads end after the last', async () => {
	const log: string[] = [];
	const background = createBackground(threads, async () => {
		log.push('threads ended');
	});
	background.takeThreads();
	for (const job of ['first', 'second']) {
		background.queue(async () => {
			log.push(`${job} begun`);
			await Promise.resolve();
			log.push(`${job} done`);
		});
	}

	await background.rest();
	expect(log).toEqual([
		'first begun',
		'first done',
		'second begun',
		'second done',
		'threads ended',
	]);
});

test('a layer that takes the threads stops the one that had them, once', async () => {
	const log: string[] = [];
	const open = (name: string) =>
		createBackground(
			threads,
			async () => {
				log.push(`${name} ended`);
			},
			() => {
				log.push(`${name} stopped`);
			},
		);
	const one = open('one');
	const other = open('other');
	one.takeThreads();
	one.takeThreads();
	other.takeThreads();
	expect(log).toEqual(['one stopped']);
	await other.rest();
	expect(log).toEqual(['one stopped', 'one ended', 'other ended']);
	one.takeThreads();
	expect(log).toHaveLength(3);
	await one.rest();
});
