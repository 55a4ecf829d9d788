import type {ClassTable} from '../class-table/class-table.js';
import type {EvaluatedImage} from '../evaluated-image.js';
import type {PlannedExplainer} from '../explainer.js';
import {createBackground} from './background.js';
import type {HoverQuestion, HoverTable} from './hover-table.js';
import type {Lease, Budget} from './budget.js';

/** The class table of the class under the cursor, where the head ends in a resize. There is one at a time: the next class takes over the memory of the last. */
export const createClassHover = (
	{endTables}: Pick<PlannedExplainer, 'endTables'>,
	evaluated: EvaluatedImage,
	layer: string,
	{
		numbers,
		budget,
		threads,
	}: {
		/** Numbers in a table. */
		readonly numbers: number;
		readonly budget: Budget;
		readonly threads: Budget;
	},
): HoverTable => {
	let table: ClassTable | undefined;
	let isBuilding = false;
	let isPossible = true;
	let lease: Lease | undefined;
	const background = createBackground(threads, endTables);

	const leave = (): void => {
		lease = undefined;
		table = undefined;
		// Idle threads would keep the memory alive.
		void background.rest();
	};

	const isTabled = ({method, target}: HoverQuestion): boolean =>
		method === 'grad-cam' && target.versus === undefined;

	const build = async (id: number): Promise<void> => {
		table?.release();
		table = undefined;
		lease ??= budget.take(numbers, leave);
		background.takeThreads();
		try {
			const built = await evaluated.classTable({layer, class: id});
			isPossible = built !== undefined;
			table = lease && built;
		} catch {
			// Only a shortcut: every question can be answered without it.
			isPossible = false;
		}

		isBuilding = false;
	};

	return {
		async explain(question) {
			if (!isTabled(question) || table?.class !== question.target.class) {
				return undefined;
			}

			lease?.renew();
			return table.explain(question.target);
		},
		build(question) {
			const {class: id} = question.target;
			if (
				isPossible &&
				isTabled(question) &&
				!isBuilding &&
				table?.class !== id
			) {
				isBuilding = true;
				background.queue(async () => build(id));
			}
		},
		async end() {
			isPossible = false;
			lease?.giveBack();
			await background.rest();
		},
	};
};
