import type * as tf from '@tensorflow/tfjs-core';
import {newArray} from '../../ops/adjoint/scratch.js';
import type {Runtime} from '../runtime.js';
import {createSession} from './session.js';

/** TensorFlow.js with one of its backends. Several may be open in a process, so each call makes its own the current one. */
export const createRuntime = (
	engine: typeof tf,
	backend: string,
	names: Pick<Runtime, 'name' | 'description' | 'hasGpu'>,
): Runtime => {
	const closers = new Set<() => void>();
	const whenClosed = (dispose: () => void) => {
		const close = () => {
			closers.delete(close);
			dispose();
		};

		closers.add(close);
		return close;
	};

	return {
		...names,
		hasOwnMemory: true,

		async load(graph, fetches) {
			await engine.setBackend(backend);
			const session = createSession(engine, graph, fetches);
			const close = whenClosed(session.dispose);
			return {
				async run(feeds, wanted, kept) {
					await engine.setBackend(backend);
					return session.run(feeds, wanted, kept);
				},
				async dispose() {
					close();
				},
			};
		},

		async prepare({k, n, by}, weights) {
			const data = await weights(newArray);
			await engine.setBackend(backend);
			const isTurned = by === 'columns';
			const kept = engine.tensor2d(data, isTurned ? [n, k] : [k, n]);
			const multiply = async (
				a: Float32Array,
				m: number,
				into?: Float32Array,
			) => {
				await engine.setBackend(backend);
				const product = engine.tidy(() =>
					engine.matMul(engine.tensor2d(a, [m, k]), kept, false, isTurned),
				);
				try {
					const result = await product.data<'float32'>();
					into?.set(result);
					return into ?? result;
				} finally {
					product.dispose();
				}
			};

			return Object.assign(multiply, {
				dispose: whenClosed(() => {
					kept.dispose();
				}),
			});
		},

		// The backend itself stays, since others in this process may use it.
		async dispose() {
			for (const close of closers) {
				close();
			}
		},
	};
};
