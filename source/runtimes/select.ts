import {UsageError} from '../errors.js';
import {onnxruntime} from './onnxruntime.js';
import type {Runtime, RuntimeFactory} from './runtime.js';
import {addonFolder, checkInstalled} from './tfjs/addon.js';

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
export type Selection = {
	readonly runtime: Runtime;
	/** For people: "tfjs-node-gpu is not installed". */
	readonly reason: string;
};

const messageOf = (error: unknown) => {
	if (!(error instanceof Error)) {
		return String(error);
	}

	return 'code' in error && error.code === 'ERR_MODULE_NOT_FOUND'
		? 'not installed'
		: error.message.split('\n', 1)[0];
};

/**
Opens the runtime of this name, or with `auto` the fastest that works.

@param threads Of the forward pass; one for each core where left out.
@throws {UsageError} When the named one cannot be used.
*/
export const selectRuntime = async (
	name = 'auto',
	options: {readonly threads?: number} = {},
): Promise<Selection> => {
	const isAuto = name === 'auto';
	const candidates = runtimes.filter(
		(factory) => isAuto || factory.name === name,
	);
	const failures: string[] = [];
	for (const factory of candidates) {
		try {
			// eslint-disable-next-line no-await-in-loop -- the next one is only tried where this one fails
			const runtime = await factory.open(options);
			if (isAuto && factory.name === 'tfjs-node-gpu' && !runtime.hasGpu) {
				// eslint-disable-next-line no-await-in-loop
				await runtime.dispose();
				throw new Error(runtime.description);
			}

			return {
				runtime,
				reason: isAuto
					? ['the fastest that works', ...failures].join('; ')
					: 'as asked',
			};
		} catch (error) {
			// "tfjs-node is not installed" needs no prefix.
			const why = messageOf(error).replace(/^@tensorflow\//v, '');
			const isNamed = why.startsWith(`${factory.name} `);
			failures.push(isNamed ? why : `${factory.name}: ${why}`);
		}
	}

	throw new UsageError(
		candidates.length === 0
			? `There is no runtime "${name}"; use one of ${runtimeNames.join(', ')}`
			: `The runtime "${name}" cannot be used (${failures.join('; ')}); use --runtime auto`,
	);
};
