import type {RuntimeFactory} from '../../runtimes/runtime.js';

/** A runtime that was tried: what it is, or why it can't be used and what helps. */
export type RuntimeReport = {readonly name: string} & (
	| {
			readonly works: true;
			/** Library, version and device. */
			readonly description: string;
			readonly hasGpu: boolean;
			/** Milliseconds from loading the library to the end of its self-test. */
			readonly ms: number;
	  }
	| {
			readonly works: false;
			readonly problem: string;
			readonly remedy: string;
	  }
);

const remedies: Readonly<Record<string, string>> = {
	'tfjs-node-gpu':
		'to use the TensorFlow that Python has: npm install --ignore-scripts @tensorflow/tfjs-node-gpu@4, then gradcam-tui setup tensorflow --gpu',
	onnxruntime: 'install it beside gradcam-tui: npm install onnxruntime-node',
	'tfjs-node':
		'to use the TensorFlow that Python has: npm install --ignore-scripts @tensorflow/tfjs-node@4, then gradcam-tui setup tensorflow',
	wasm: 'install gradcam-tui again: npm install gradcam-tui',
};

/** Loads a runtime, runs its self-test, and lets it go again. */
export const tryRuntime = async ({
	name,
	open,
}: RuntimeFactory): Promise<RuntimeReport> => {
	const start = performance.now();
	try {
		const runtime = await open({});
		const ms = Math.round(performance.now() - start);
		const {description, hasGpu = false} = runtime;
		await runtime.dispose();
		return {name, works: true, description, hasGpu, ms};
	} catch (error) {
		const message = error instanceof Error ? error.message : String(error);
		const [problem] = message.split('\n', 1);
		return {name, works: false, problem, remedy: remedies[name]};
	}
};
