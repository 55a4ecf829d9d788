import {linearize} from '../../autodiff/linear/linearize.js';
import type {Target} from '../../autodiff/seed.js';
import {share, walkedPart} from '../../autodiff/walked-part.js';
import {planWalk} from '../../autodiff/walk/walk.js';
import {rectify} from '../../cam/rectify.js';
import {findGradientMethod} from '../../cam/find-method.js';
import type {LowResolution} from '../class-table/plan.js';
import {
	chooseSeeds,
	holdsTarget,
	readTarget,
	spreadTarget,
	type SummedWindow,
	type Windowed,
} from '../directions/pixel-table.js';
import {type SumWorkers, startSumWorkers} from '../directions/workers.js';
import type {EvaluatedImage, Explanation} from '../evaluated-image.js';
import type {Explainer} from '../explainer.js';
import {predictClasses} from '../predicted-classes.js';
import {createBackground} from './background.js';
import type {HoverQuestion, HoverTable} from './hover-table.js';
import type {Lease, Budget} from './budget.js';
import {watchProgress} from './watch-progress.js';

/** Reports a table's progress, 0–1; undefined once it is ready or abandoned. */
export type OnTable = (done?: number) => void;

/** A counter value past any number of directions. */
const allTaken = 2 ** 30;

/** The table in progress. */
type Work = {
	readonly method: string;
	readonly directions: number;
	readonly seeds: readonly Windowed[];
	/** `[1]`: the first direction that no worker has taken, in shared memory. */
	readonly next: Int32Array;
};

/** Answers questions by one method. */
type Table = {
	readonly method: string;
	readonly seeds: readonly SummedWindow[];
	readonly lease: Lease;
};

/** The table of a network in which every pixel needs a long walk, such as a decoder: the derivatives of all pixels' logits along the directions of a linear method. */
export const createDirectionHover = (
	{graph, logits}: Pick<Explainer, 'graph' | 'logits'>,
	evaluated: EvaluatedImage,
	layer: string,
	{
		low,
		runtime,
		budget,
		threads,
		onTable,
	}: {
		/** The low-resolution logits that pixels are mixed from, if any. */
		readonly low?: LowResolution | undefined;
		/** Its name. */
		readonly runtime: string;
		readonly budget: Budget;
		readonly threads: Budget;
		readonly onTable: OnTable;
	},
): HoverTable => {
	const value = low?.logits ?? logits.name;
	const {shape} = graph.values.get(value)!;
	const [, classes, height = 1, width = 1] = shape;
	const [rows, columns] = graph.values.get(layer)!.shape.slice(2);
	const activations = evaluated.activations(layer);
	let isPossible =
		shape.length === 4 && graph.values.get(layer)!.shape.length === 4;
	/** Methods whose tables take too long. */
	const slow = new Set<string>();
	let workers: SumWorkers | undefined;
	let work: Work | undefined;
	let table: Table | undefined;

	const startWorkers = (): SumWorkers => {
		if (!linearize(graph, layer, value)) {
			throw new RangeError('The network has operators without a tangent');
		}

		const needs = [layer, ...planWalk(graph, value, [layer]).needs];
		return startSumWorkers({
			graph: walkedPart(graph, value, [layer]),
			layer,
			logits: value,
			runtime,
			values: new Map(
				needs.map((name) => [name, share(evaluated.value(name))]),
			),
		});
	};

	const stop = (): void => {
		if (work) {
			Atomics.store(work.next, 0, allTaken);
			work = undefined;
		}
	};

	const background = createBackground(
		threads,
		async () => {
			await workers?.end();
			workers = undefined;
		},
		stop,
	);

	const leave = (): void => {
		stop();
		table?.lease.giveBack();
		table = undefined;
	};

	const compute = async (current: Work): Promise<void> => {
		if (work !== current) {
			return;
		}

		const {method, directions, seeds, next} = current;
		// The next table takes over the memory of the last one.
		table?.lease.giveBack();
		table = undefined;
		const lengthOf = ({ids}: Windowed) => directions * ids.length;
		const lease = budget.take(
			seeds.reduce((sum, each) => sum + lengthOf(each), 0),
			leave,
		);
		const stopWatching = watchProgress(
			() => Atomics.load(next, 0) / directions,
			onTable,
			() => {
				slow.add(method);
				stop();
			},
		);
		try {
			const parts = seeds.map((each) => ({
				...each,
				sums: new Float32Array(new SharedArrayBuffer(4 * lengthOf(each))),
			}));
			background.takeThreads();
			workers ??= startWorkers();
			await workers.sum({method, parts, next});
			if (work === current) {
				table = {method, seeds: parts, lease};
			}
		} catch {
			// Only a shortcut: every question can be answered without it.
			isPossible = false;
		} finally {
			stopWatching();
			onTable();
			if (!table) {
				lease.giveBack();
			}

			if (work === current) {
				work = undefined;
			}
		}
	};

	const choose = (
		{method, target}: HoverQuestion,
		directions: number,
	): Work => ({
		method,
		directions,
		seeds: chooseSeeds(
			{size: {width, height}, classes, directions, budget: budget.size},
			low
				? undefined
				: // A single class is told from its absence, which is none.
					predictClasses(evaluated.logits, classes).map((id) =>
						Math.min(id, classes - 1),
					),
			target,
		),
		next: new Int32Array(new SharedArrayBuffer(4)),
	});

	const spread = (target: Target): Target =>
		low ? spreadTarget(target, low.mix) : target;

	const combine = async (
		method: string,
		derivatives: Float32Array,
	): Promise<Explanation> => {
		const began = performance.now();
		const {directions} = findGradientMethod(method)!;
		const map = await directions!.combine(derivatives, activations);
		return {
			map,
			width: columns,
			height: rows,
			...rectify(map),
			ms: performance.now() - began,
		};
	};

	return {
		async explain({method, target}) {
			if (table?.method !== method) {
				return undefined;
			}

			table.lease.renew();
			const derivatives = readTarget(table.seeds, width, spread(target));
			return derivatives && combine(method, derivatives);
		},
		build({method, target: wanted}) {
			const target = spread(wanted);
			const directions = findGradientMethod(method)?.directions;
			const isHeld = [table, work].some(
				(each) =>
					each?.method === method && holdsTarget(each.seeds, width, target),
			);
			if (!isPossible || !directions || slow.has(method) || isHeld) {
				return;
			}

			const chosen = choose({method, target}, directions.count(activations));
			if (holdsTarget(chosen.seeds, width, target)) {
				stop();
				work = chosen;
				background.queue(async () => compute(chosen));
			}
		},
		async end() {
			isPossible = false;
			leave();
			await background.rest();
		},
	};
};
