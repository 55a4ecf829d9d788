import type {EventEmitter} from 'node:events';
import {createRequire} from 'node:module';
import path from 'node:path';
import process from 'node:process';
import * as tf from '@tensorflow/tfjs-core';
import {
	setWasmPaths,
	version_wasm as version,
} from '@tensorflow/tfjs-backend-wasm';
import {selfTest} from '../self-test.js';
import type {RuntimeFactory} from '../runtime.js';
import {createRuntime} from './runtime.js';

/** The folder of the package's .wasm files, so that nothing is ever downloaded. */
const binaries = path.dirname(
	createRequire(import.meta.url).resolve('@tensorflow/tfjs-backend-wasm'),
);

type Listener = (...parameters: unknown[]) => void;

const fatalEvents = ['uncaughtException', 'unhandledRejection'];

const listenersOf = (event: string): Listener[] =>
	// eslint-disable-next-line @typescript-eslint/no-unsafe-type-assertion -- Node calls them Function, which nothing can be done with
	(process as EventEmitter).listeners(event) as Listener[];

/** Emscripten's WebAssembly catches every error of the process and rethrows it, from a line of 100 kB that Node then prints. */
const withoutListeners = async <Result>(
	start: () => Promise<Result>,
): Promise<Result> => {
	const before = new Set(fatalEvents.flatMap((event) => listenersOf(event)));
	const result = await start();
	for (const event of fatalEvents) {
		for (const listener of listenersOf(event)) {
			if (!before.has(listener)) {
				process.off(event, listener);
			}
		}
	}

	return result;
};

/** TensorFlow.js in WebAssembly: always installed, works everywhere, on one core (its threads need a browser's workers). */
export const wasm: RuntimeFactory = {
	name: 'wasm',
	async open() {
		setWasmPaths(`${binaries}${path.sep}`);
		if (!(await withoutListeners(async () => tf.setBackend('wasm')))) {
			throw new Error(
				'the WebAssembly of @tensorflow/tfjs-backend-wasm does not start; install gradcam-tui again',
			);
		}

		const hasSimd = await tf.env().getAsync('WASM_HAS_SIMD_SUPPORT');
		const runtime = createRuntime(tf, 'wasm', {
			name: 'wasm',
			description: `TensorFlow.js ${version} (WebAssembly${hasSimd ? ' with SIMD' : ''}, 1 thread)`,
		});
		await selfTest(runtime);
		return runtime;
	},
};
