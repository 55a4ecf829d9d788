import process from 'node:process';
import {onnxruntime} from '../../source/runtimes/onnxruntime/runtime.js';
import type {Runtime, RuntimeFactory} from '../../source/runtimes/runtime.js';
import {tfjsNode, wasm} from '../../source/runtimes/tfjs/index.js';

/** Only `test/tensorflow/run.sh` can count on TensorFlow, which it has set up. */
const needsTensorflow = process.env.GRADCAM_TUI_NEEDS_TENSORFLOW !== undefined;

const openAll = async (factories: readonly RuntimeFactory[]) => {
	const opened: Runtime[] = [];
	for (const factory of factories) {
		try {
			// eslint-disable-next-line no-await-in-loop -- they share one engine, which does not like two at once
			opened.push(await factory.open({threads: 1}));
		} catch (error) {
			if (needsTensorflow && factory === tfjsNode) {
				throw error;
			}
		}
	}

	return opened;
};

/** TensorFlow.js with WebAssembly, and with TensorFlow where `gradcam-tui setup tensorflow` has built it; with TensorFlow alone where it is what is tested. */
export const openTfjs = async (): Promise<readonly Runtime[]> =>
	openAll(needsTensorflow ? [tfjsNode] : [wasm, tfjsNode]);

/** The names of all runtimes that run here, for `--runtime`. */
export const installedNames = async (): Promise<readonly string[]> => {
	const opened = await openAll([onnxruntime, wasm, tfjsNode]);
	await Promise.all(opened.map(async (runtime) => runtime.dispose()));
	return opened.map(({name}) => name);
};
