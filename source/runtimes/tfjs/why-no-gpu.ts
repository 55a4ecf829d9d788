import {existsSync, readdirSync} from 'node:fs';
import path from 'node:path';

/** One of these is present once a GPU's driver is loaded: NVIDIA's, WSL's, a Jetson's or AMD's. */
const driverFiles = [
	'/proc/driver/nvidia/version',
	'/dev/dxg',
	'/dev/nvhost-gpu',
	'/dev/kfd',
];

/** Whether there may be a GPU at all, which takes no time to find out. */
export const hasDriver = (drivers: readonly string[] = driverFiles): boolean =>
	drivers.some((file) => existsSync(file));

/** What TensorFlow lacks where this is false. */
export const noDriver = 'no GPU driver is loaded';

/**
Why TensorFlow sees no GPU, as far as files tell.

@param tensorflow Its folder: beside it pip puts CUDA's libraries (`tensorflow[and-cuda]`), and TensorFlow's own search path looks there.
*/
export const whyNoGpu = (
	tensorflow: string | undefined,
	drivers?: readonly string[],
): string => {
	if (!hasDriver(drivers)) {
		return noDriver;
	}

	if (tensorflow === undefined) {
		return 'no GPU is visible';
	}

	const installed = path.dirname(tensorflow);
	if (
		readdirSync(installed).some((name) => name.startsWith('tensorflow_cpu-'))
	) {
		return 'tensorflow-cpu is installed, not tensorflow[and-cuda]';
	}

	return existsSync(path.join(installed, 'nvidia/cudnn/lib'))
		? 'no GPU is visible'
		: "CUDA's libraries are not beside it, which pip install tensorflow[and-cuda] brings";
};
