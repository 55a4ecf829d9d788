import type * as Ort from 'onnxruntime-node';
import type {InferenceSession} from 'onnxruntime-node';
import {encodeOnnx} from '../../formats/onnx/index.js';
import type {Matrix} from '../../ops/rules/kernels.js';
import type {Runtime} from '../runtime.js';
import {createFeeding, type Open} from './feeding.js';
import {
	byColumns,
	byRows,
	type Form,
	matrixFirst,
	productGraph,
} from './forms.js';

/** Milliseconds between two preparations, each of which takes up to ten: no question waits for more than one. */
const pause = 25;

/** The most rows for which a column-major matrix is best as the left factor. */
const fewRows = 128;

/** How a product is written whose matrix is fed as it lies. */
const formOf = (m: number, by: Matrix['by']): Form => {
	if (by !== 'columns') {
		return byRows;
	}

	return m > 1 && m <= fewRows ? matrixFirst : byColumns;
};

/**
Matrix products of onnxruntime.

onnxruntime rearranges a network's constant weights for the processor, which makes a product up to twice as fast and takes as long as dozens of products. So weights are fed as they are until they prove to be used repeatedly, and are then prepared one matrix at a time. A single row reads each weight once either way, and never needs it; nor do column-major weights with few rows.
*/
export const createProducts = (
	ort: typeof Ort,
	open: Open,
	release: (session: InferenceSession) => Promise<void>,
): Runtime['prepare'] => {
	const multiply = createFeeding(ort, open);
	const tensor = (data: Float32Array, rows: number, columns: number) =>
		new ort.Tensor('float32', data, [rows, columns]);

	let lastPreparation = Number.NEGATIVE_INFINITY;
	return async (weights, {k, n, by, isShortLived}) => {
		if (by === 'columns' || isShortLived) {
			return async (a, m, into = new Float32Array(m * n)) => {
				await multiply({form: formOf(m, by), a, weights, into, m, k, n});
				return into;
			};
		}

		let unprepared: Float32Array | undefined = weights;
		let prepared: Promise<InferenceSession> | undefined;
		let isWantedAgain = false;

		const prepare = (data: Float32Array) => {
			lastPreparation = performance.now();
			unprepared = undefined;
			const own = {type: 'float32', shape: [k, n], data} as const;
			prepared = open(encodeOnnx(productGraph(byRows, 1, own)));
		};

		const product = async (
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
				await multiply({form: byRows, a, weights: unprepared, into, m, k, n});
			} else {
				const session = await prepared!;
				await session.run(
					{a0: tensor(a, m, k)},
					{product0: tensor(into, m, n)},
				);
			}

			return into;
		};

		return Object.assign(product, {
			dispose() {
				void prepared?.then(release);
			},
		});
	};
};
