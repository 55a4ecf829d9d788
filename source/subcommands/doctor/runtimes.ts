import type {Attempt} from '../../runtimes/choose.js';
import type {RuntimeFactory} from '../../runtimes/runtime.js';
import {tryRuntime} from '../../runtimes/select.js';
import {
	addonFolder,
	readAddon,
	type TensorflowPackage,
} from '../../runtimes/tfjs/addon.js';

/** A runtime that was tried: its description and the milliseconds it took to load and test, or why it cannot be used and what would help. */
export type RuntimeReport =
	| (Extract<Attempt, {works: true}> & {readonly ms: number})
	| (Extract<Attempt, {works: false}> & {readonly remedy: string});

/** For the TensorFlow that Python has: how an addon is built, or built again. */
const setUp = (name: TensorflowPackage, command: string): string =>
	readAddon(addonFolder(name))
		? `build it again: ${command}`
		: `to use the TensorFlow that Python has: npm install --ignore-scripts @tensorflow/${name}@4, then ${command}`;

const remedies: Readonly<Record<string, () => string>> = {
	'tfjs-node-gpu': () =>
		setUp('tfjs-node-gpu', 'gradcam-tui setup tensorflow --gpu'),
	onnxruntime: () =>
		'install it beside gradcam-tui: npm install onnxruntime-node',
	'tfjs-node': () => setUp('tfjs-node', 'gradcam-tui setup tensorflow'),
	wasm: () => 'install gradcam-tui again: npm install gradcam-tui',
};

/** Loads a runtime, runs its self-test, and unloads it. */
export const examineRuntime = async (
	factory: RuntimeFactory,
): Promise<RuntimeReport> => {
	const start = performance.now();
	const {attempt, runtime} = await tryRuntime(factory);
	const ms = Math.round(performance.now() - start);
	await runtime?.dispose();
	return attempt.works
		? {...attempt, ms}
		: {...attempt, remedy: remedies[attempt.name]()};
};
