import {median} from '../bench.js';

/** What is timed, a turn at a time. */
export type Work = (turn: number) => Promise<unknown>;

/** The median time of each work in milliseconds. They take turns, so that a busy moment of the machine hits all of them; the first turns warm up and don't count. */
export const timeInTurn = async (
	works: readonly Work[],
	{turns, warmUp = turns}: {readonly turns: number; readonly warmUp?: number},
): Promise<readonly number[]> => {
	const times = works.map((): number[] => []);
	for (let turn = 0; turn < warmUp + turns; turn++) {
		for (const [index, work] of works.entries()) {
			const start = performance.now();
			// eslint-disable-next-line no-await-in-loop -- What is timed must not run beside itself.
			await work(turn);
			if (turn >= warmUp) {
				times[index].push(performance.now() - start);
			}
		}
	}

	return times.map((list) => median(list));
};

/** The median time of one work in milliseconds. */
export const time = async (
	work: Work,
	options: {readonly turns: number; readonly warmUp?: number},
): Promise<number> => {
	const [median] = await timeInTurn([work], options);
	return median;
};
