import type * as tf from '@tensorflow/tfjs-core';
import type {Runtime, RuntimeFactory} from '../runtime.js';
import {selfTest} from '../self-test.js';
import {
	addonFolder,
	checkInstalled,
	readAddon,
	type TensorflowPackage,
} from './addon.js';
import {loadTensorflow} from './load-tensorflow.js';
import {createRuntime} from './runtime.js';
import {whyNoGpu} from './why-no-gpu.js';

/** What tfjs-node's backend offers beyond any backend. */
type TensorflowBackend = {
	readonly isUsingGpuDevice?: boolean;
	readonly binding?: {readonly TF_Version?: string};
};

/** A process holds one TensorFlow: the second package to be opened gets the first one's. */
let loaded: Promise<typeof tf> | undefined;

const loadOnce = async (
	name: TensorflowPackage,
	folder: string,
): Promise<typeof tf> => {
	checkInstalled(name, folder);
	loaded ??= loadTensorflow(name, folder);
	try {
		return await loaded;
	} catch (error) {
		loaded = undefined;
		throw error;
	}
};

/** Opens one of the packages, with the addon in a folder. @throws {Error} whose message says why it can't be used. */
export const openTensorflow = async (
	name: TensorflowPackage,
	folder: string,
): Promise<Runtime> => {
	const engine = await loadOnce(name, folder);
	if (!(await engine.setBackend('tensorflow'))) {
		throw new Error(
			`@tensorflow/${name} is installed, but its TensorFlow does not start`,
		);
	}

	// eslint-disable-next-line @typescript-eslint/no-unsafe-type-assertion -- this package's backend is the only one of this name
	const backend = engine.backend() as TensorflowBackend;
	const hasGpu = backend.isUsingGpuDevice === true;
	const version = backend.binding?.TF_Version ?? '';
	const cpu =
		name === 'tfjs-node-gpu'
			? `${whyNoGpu(readAddon(folder)?.tensorflow)}, so its CPU kernels run`
			: 'CPU';
	const device = hasGpu ? 'GPU' : cpu;
	const runtime = createRuntime(engine, 'tensorflow', {
		name,
		description: `TensorFlow ${version} (${device})`,
		hasGpu,
	});
	await selfTest(runtime);
	return runtime;
};

const tensorflow = (name: TensorflowPackage): RuntimeFactory => ({
	name,
	open: async () => openTensorflow(name, addonFolder(name)),
});

/** TensorFlow's own kernels on the CPU: an optional peer, used when it is installed. */
export const tfjsNode = tensorflow('tfjs-node');

/** TensorFlow's own kernels on the GPU: an optional peer, used when it is installed; without a visible GPU its CPU kernels run. */
export const tfjsNodeGpu = tensorflow('tfjs-node-gpu');
