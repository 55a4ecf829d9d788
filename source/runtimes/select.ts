import {UsageError} from '../errors.js';
import {
	type Attempt,
	type Choice,
	chooseRuntime,
	objectionTo,
	problemOf,
} from './choose.js';
import {onnxruntime} from './onnxruntime/runtime.js';
import type {OpenOptions, Runtime, RuntimeFactory} from './runtime.js';
import {addonFolder, checkInstalled} from './tfjs/addon.js';
import {hasDriver, noDriver} from './tfjs/why-no-gpu.js';

/** TensorFlow.js takes longest to load, so it is imported only when its turn comes, and where a package that it can run on is installed. */
const tfjs = (
	name: 'tfjs-node' | 'tfjs-node-gpu' | 'wasm',
	key: 'tfjsNode' | 'tfjsNodeGpu' | 'wasm',
): RuntimeFactory => ({
	name,
	async open(options) {
		if (name !== 'wasm') {
			checkInstalled(name, addonFolder(name));
		}

		if (name === 'tfjs-node-gpu' && options.needsGpu && !hasDriver()) {
			throw new Error(noDriver);
		}

		const factories = await import('./tfjs/index.js');
		return factories[key].open(options);
	},
});

/** Every runtime, fastest first: a GPU, then onnxruntime, then TensorFlow's own kernels, then WebAssembly, which is always available. */
export const runtimes: readonly RuntimeFactory[] = [
	tfjs('tfjs-node-gpu', 'tfjsNodeGpu'),
	onnxruntime,
	tfjs('tfjs-node', 'tfjsNode'),
	tfjs('wasm', 'wasm'),
];

/** The values of `--runtime`. */
export const runtimeNames: readonly string[] = [
	'auto',
	...runtimes.map(({name}) => name),
];

/** A runtime, and why it was chosen. */
export type Selection = Pick<Choice, 'reason'> & {readonly runtime: Runtime};

/** Opens a runtime; where that fails, only the attempt is left. */
export const tryRuntime = async (
	{name, open}: RuntimeFactory,
	options: OpenOptions = {},
): Promise<{readonly attempt: Attempt; readonly runtime?: Runtime}> => {
	try {
		const runtime = await open(options);
		const {description, hasGpu = false} = runtime;
		return {attempt: {name, works: true, description, hasGpu}, runtime};
	} catch (error) {
		return {attempt: {name, works: false, problem: problemOf(name, error)}};
	}
};

/**
Opens the runtime of this name, or with `auto` the fastest that works.

@param threads Of the forward pass; one for each core where left out.
@throws {UsageError} If the named one cannot be used.
*/
export const selectRuntime = async (
	name = 'auto',
	{threads}: Pick<OpenOptions, 'threads'> = {},
): Promise<Selection> => {
	const isAuto = name === 'auto';
	const candidates = runtimes.filter(
		(factory) => isAuto || factory.name === name,
	);
	if (candidates.length === 0) {
		throw new UsageError(
			`There is no runtime "${name}"; use one of ${runtimeNames.join(', ')}`,
		);
	}

	const attempts: Attempt[] = [];
	for (const factory of candidates) {
		/* eslint-disable no-await-in-loop -- the next one is only tried where this one fails */
		const {attempt, runtime} = await tryRuntime(factory, {
			...(threads !== undefined && {threads}),
			needsGpu: isAuto,
		});
		attempts.push(attempt);
		const choice = isAuto ? chooseRuntime(attempts) : {reason: 'as asked'};
		if (runtime && choice) {
			return {runtime, reason: choice.reason};
		}

		await runtime?.dispose();
		/* eslint-enable no-await-in-loop */
	}

	const objections = attempts.map((attempt) => objectionTo(attempt));
	throw new UsageError(
		`The runtime "${name}" cannot be used (${objections.join('; ')}); use --runtime auto, or see what gradcam-tui doctor advises`,
	);
};
