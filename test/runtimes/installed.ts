import {onnxruntime} from '../../source/runtimes/onnxruntime.js';
import type {Runtime, RuntimeFactory} from '../../source/runtimes/runtime.js';
import {tfjsNode, wasm} from '../../source/runtimes/tfjs/index.js';

const openAll = async (factories: readonly RuntimeFactory[]) => {
	const opened: Runtime[] = [];
	for (const factory of factories) {
		try {
			// eslint-disable-next-line no-await-in-loop -- they share one engine, which does not like two at once
			opened.push(await factory.open({threads: 1}));
		} catch {
			// It is not installed; `test/tensorflow/run.sh` and continuous integration see to it that it is somewhere.
		}
	}

	return opened;
};

/** TensorFlow.js with WebAssembly, and with TensorFlow where `gradcam-tui setup tensorflow` has built it. */
export const openTfjs = async (): Promise<readonly Runtime[]> =>
	openAll([wasm, tfjsNode]);

/** The names of all runtimes that run here, for `--runtime`. */
export const installedNames = async (): Promise<readonly string[]> => {
	const opened = await openAll([onnxruntime, wasm, tfjsNode]);
	await Promise.all(opened.map(async (runtime) => runtime.dispose()));
	return opened.map(({name}) => name);
};
