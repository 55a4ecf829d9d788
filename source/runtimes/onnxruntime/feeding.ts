import process from 'node:process';
import type * as Ort from 'onnxruntime-node';
import type {InferenceSession} from 'onnxruntime-node';
import {encodeOnnx} from '../../formats/onnx/index.js';
import {type Form, productGraph, shapesOf} from './forms.js';

/** Multiplications above which all threads share a product. Below, they take longer to wake up than they save. */
const shareableWork = 2 ** 26;

/** The same of single rows, which wait for memory only: two cores read it faster than one. */
const shareableRows = 2 ** 22;

/** `a [M, K] · weights [K, N] → into [M, N]` */
export type Multiplication = {
	readonly form: Form;
	readonly a: Float32Array;
	/** In the layout that the form needs. */
	readonly weights: Float32Array;
	readonly into: Float32Array;
	readonly m: number;
	readonly k: number;
	readonly n: number;
};

/** Loads a network for one thread, or for all. */
export type Open = (
	bytes: Uint8Array,
	isShared?: boolean,
) => Promise<InferenceSession>;

/** `[rows, columns] → [columns, rows]` */
const turn = (
	matrix: Float32Array,
	columns: number,
	into: Float32Array,
): void => {
	for (let column = 0, to = 0; column < columns; column++) {
		for (let from = column; from < matrix.length; from += columns, to++) {
			into[to] = matrix[from];
		}
	}
};

const isShareable = (works: readonly Multiplication[]): boolean => {
	const total = works.reduce((sum, {m, k, n}) => sum + m * k * n, 0);
	return (
		total > (works.every(({m}) => m === 1) ? shareableRows : shareableWork)
	);
};

/**
Products whose weights are fed to onnxruntime each time.

Those requested before anyone awaits a result run together, since a call takes as long as a small product.
*/
export const createFeeding = (
	{Tensor}: typeof Ort,
	open: Open,
): ((work: Multiplication) => Promise<void>) => {
	const sessions = new Map<string, Promise<InferenceSession>>();
	const sessionFor = async (form: Form, count: number, isShared: boolean) => {
		const key = JSON.stringify([form, count, isShared]);
		const session =
			sessions.get(key) ??
			open(encodeOnnx(productGraph(form, count)), isShared);
		sessions.set(key, session);
		return session;
	};

	const run = async (
		form: Form,
		works: readonly Multiplication[],
	): Promise<void> => {
		const feeds: Record<string, Ort.Tensor> = {};
		const fetches: Record<string, Ort.Tensor> = {};
		const turned: Array<() => void> = [];
		for (const [index, work] of works.entries()) {
			const {a, weights, into, m, k, n} = work;
			const shapes = shapesOf(form, work);
			const place = form.isTurned ? new Float32Array(m * n) : into;
			feeds[`a${index}`] = new Tensor('float32', a, [m, k]);
			feeds[`weights${index}`] = new Tensor('float32', weights, shapes.weights);
			fetches[`product${index}`] = new Tensor('float32', place, shapes.product);
			if (form.isTurned) {
				turned.push(() => {
					turn(place, m, into);
				});
			}
		}

		const isShared = isShareable(works);
		const session = await sessionFor(form, works.length, isShared);
		await session.run(feeds, fetches);
		for (const turnBack of turned) {
			turnBack();
		}
	};

	let batch:
		| {readonly works: Multiplication[]; readonly done: Promise<void>}
		| undefined;
	const runAll = async (works: readonly Multiplication[]): Promise<void> => {
		await new Promise<void>((resolve) => {
			// After all pending promises, so that every request made before an await is included.
			process.nextTick(resolve);
		});
		batch = undefined;
		for (const form of new Set(works.map((work) => work.form))) {
			// eslint-disable-next-line no-await-in-loop -- They run on the same cores.
			await run(
				form,
				works.filter((work) => work.form === form),
			);
		}
	};

	return async (work) => {
		if (!batch) {
			const works: Multiplication[] = [];
			batch = {works, done: runAll(works)};
		}

		batch.works.push(work);
		return batch.done;
	};
};
