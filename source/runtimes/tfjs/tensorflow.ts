import process from 'node:process';
import util from 'node:util';
import type * as tf from '@tensorflow/tfjs-core';
import {selfTest} from '../self-test.js';
import type {RuntimeFactory} from '../runtime.js';
import {createRuntime} from './runtime.js';

/** What tfjs-node's backend tells besides what every backend does. */
type TensorflowBackend = {
	readonly isUsingGpuDevice?: boolean;
	readonly binding?: {readonly TF_Version?: string};
};

/** Node 23 took away two functions that tfjs-node still calls. */
const restoreUtil = (): void => {
	const restored = {
		isNullOrUndefined: (value: unknown) =>
			value === null || value === undefined,
		isArray: Array.isArray,
	};
	// Assigned whole, since only looking at the old ones prints a warning where they still exist.
	Object.assign(util, restored);
};

const isMissing = (error: unknown, specifier: string): boolean =>
	error instanceof Error &&
	'code' in error &&
	error.code === 'ERR_MODULE_NOT_FOUND' &&
	error.message.includes(`'${specifier}'`);

const load = async (specifier: string): Promise<typeof tf> => {
	// TensorFlow writes to stderr on its own, in the middle of the screen; 3 leaves only what ends the process.
	process.env.TF_CPP_MIN_LOG_LEVEL ??= '3';
	restoreUtil();
	try {
		// eslint-disable-next-line @typescript-eslint/no-unsafe-type-assertion -- an optional peer has no types at hand; it is TensorFlow.js with one backend more
		const loaded = (await import(specifier)) as {default: typeof tf};
		return loaded.default;
	} catch (error) {
		// Its own message is pages long and ends with a stack.
		throw new Error(
			isMissing(error, specifier)
				? `${specifier} is not installed`
				: `${specifier} is installed, but its TensorFlow does not load`,
			{cause: error},
		);
	}
};

const describe = (version: string, hasGpu: boolean, wantsGpu: boolean) => {
	if (hasGpu) {
		return `TensorFlow ${version} (GPU)`;
	}

	return wantsGpu
		? `TensorFlow ${version} (CPU: no GPU is visible)`
		: `TensorFlow ${version} (CPU)`;
};

const tensorflow = (name: string, wantsGpu: boolean): RuntimeFactory => ({
	name,
	async open() {
		const engine = await load(`@tensorflow/${name}`);
		if (!(await engine.setBackend('tensorflow'))) {
			throw new Error(
				`@tensorflow/${name} is installed, but its TensorFlow does not start`,
			);
		}

		// eslint-disable-next-line @typescript-eslint/no-unsafe-type-assertion -- this package's backend is the only one of this name
		const backend = engine.backend() as TensorflowBackend;
		const hasGpu = backend.isUsingGpuDevice === true;
		const version = backend.binding?.TF_Version ?? '';
		const runtime = createRuntime(engine, 'tensorflow', {
			name,
			description: describe(version, hasGpu, wantsGpu),
			hasGpu,
		});
		await selfTest(runtime);
		return runtime;
	},
});

/** TensorFlow's own kernels on the CPU: an optional peer, used when it is installed. */
export const tfjsNode = tensorflow('tfjs-node', false);

/** TensorFlow's own kernels on the GPU: an optional peer, used when it is installed; without a visible GPU its CPU kernels run. */
export const tfjsNodeGpu = tensorflow('tfjs-node-gpu', true);
