import process from 'node:process';
import type * as Ort from 'onnxruntime-node';
import type {InferenceSession} from 'onnxruntime-node';
import {type EncodableGraph, encodeOnnx} from '../formats/onnx/index.js';
import type {Value} from '../graph/graph.js';
import type {Shape, Tensor} from '../graph/tensor.js';
import type {Runtime} from './runtime.js';

/** Milliseconds from one preparation to the next, which takes up to ten: no question waits for more than one. */
const pause = 25;

/** A network that multiplies `a0 [M, K]` by weights `[K, N]` of its own, or `a0`, `a1` … each by the weights that it is fed. */
const productGraph = (own: Tensor | undefined, count = 1): EncodableGraph => {
	const value = (name: string, shape: Shape): Value => ({
		name,
		type: 'float32',
		shape,
	});
	const [k, n] = own?.shape ?? [-1, -1];
	const products = Array.from({length: count}, (_, index) => ({
		a: value(`a${index}`, [-1, k]),
		weights: value(`weights${index}`, [k, n]),
		product: value(`product${index}`, [-1, n]),
	}));
	return {
		name: 'products',
		nodes: products.map(({a, weights, product}) => ({
			name: product.name,
			opType: 'MatMul',
			inputs: [a.name, weights.name],
			outputs: [product.name],
			attributes: {},
		})),
		inputs: products.flatMap(({a, weights}) => (own ? [a] : [a, weights])),
		outputs: products.map(({product}) => product.name),
		constants: new Map(own && [['weights0', own]]),
		values: new Map(
			products
				.flatMap((each) => Object.values(each))
				.map((each) => [each.name, each]),
		),
	};
};

/** `a [M, K] · weights [K, N] → into [M, N]` */
type Multiplication = {
	readonly a: Float32Array;
	readonly weights: Float32Array;
	readonly into: Float32Array;
	readonly m: number;
	readonly k: number;
	readonly n: number;
};

/**
Makes matrix products of onnxruntime.

Weights inside a network are laid out for the processor first, which makes a product up to twice as fast and takes as long as dozens. So they are fed as they are until they prove to be wanted again, and are then prepared one at a time. A single row reads every weight once either way, and never needs it.

Those that are fed and asked for before anybody has an answer run together, since a call takes as long as a small product.
*/
export const createProducts = (
	{Tensor}: typeof Ort,
	open: (bytes: Uint8Array) => Promise<InferenceSession>,
	release: (session: InferenceSession) => Promise<void>,
): Runtime['prepare'] => {
	/** By how many products run together. */
	const feeding = new Map<number, Promise<InferenceSession>>();
	const sessionFor = async (count: number) => {
		const session =
			feeding.get(count) ?? open(encodeOnnx(productGraph(undefined, count)));
		feeding.set(count, session);
		return session;
	};

	const tensor = (data: Float32Array, rows: number, columns: number) =>
		new Tensor('float32', data, [rows, columns]);

	let batch:
		| {readonly works: Multiplication[]; readonly done: Promise<void>}
		| undefined;
	const multiplyAll = async (
		works: readonly Multiplication[],
	): Promise<void> => {
		await new Promise<void>((resolve) => {
			// After all promises: whoever asks before must wait for an answer.
			process.nextTick(resolve);
		});
		batch = undefined;
		const feeds: Record<string, Ort.Tensor> = {};
		const fetches: Record<string, Ort.Tensor> = {};
		for (const [index, {a, weights, into, m, k, n}] of works.entries()) {
			feeds[`a${index}`] = tensor(a, m, k);
			feeds[`weights${index}`] = tensor(weights, k, n);
			fetches[`product${index}`] = tensor(into, m, n);
		}

		const session = await sessionFor(works.length);
		await session.run(feeds, fetches);
	};

	const multiplyFed = async (work: Multiplication): Promise<void> => {
		if (!batch) {
			const works: Multiplication[] = [];
			batch = {works, done: multiplyAll(works)};
		}

		batch.works.push(work);
		return batch.done;
	};

	let lastPreparation = Number.NEGATIVE_INFINITY;
	return async (weights, k, n) => {
		let unprepared: Float32Array | undefined = weights;
		let prepared: Promise<InferenceSession> | undefined;
		let isWantedAgain = false;

		const prepare = (data: Float32Array) => {
			lastPreparation = performance.now();
			unprepared = undefined;
			prepared = open(
				encodeOnnx(productGraph({type: 'float32', shape: [k, n], data})),
			);
		};

		const multiply = async (
			a: Float32Array,
			m: number,
			into: Float32Array = new Float32Array(m * n),
		) => {
			const isDue = performance.now() > lastPreparation + pause;
			if (unprepared && isWantedAgain && isDue) {
				prepare(unprepared);
			}

			isWantedAgain = m > 1;
			if (unprepared) {
				await multiplyFed({a, weights: unprepared, into, m, k, n});
			} else {
				const session = await prepared!;
				await session.run(
					{a0: tensor(a, m, k)},
					{product0: tensor(into, m, n)},
				);
			}

			return into;
		};

		return Object.assign(multiply, {
			dispose() {
				void prepared?.then(release);
			},
		});
	};
};
