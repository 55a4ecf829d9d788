import {existsSync, readdirSync} from 'node:fs';
import path from 'node:path';

/** Present once NVIDIA's driver is loaded: on Linux, and in WSL. */
const driverFiles = ['/proc/driver/nvidia/version', '/dev/dxg'];

/**
Why TensorFlow sees no GPU, as far as files tell.

@param tensorflow Its folder: beside it pip puts CUDA's libraries (`tensorflow[and-cuda]`), and TensorFlow's own search path looks there.
*/
export const whyNoGpu = (
	tensorflow: string | undefined,
	drivers: readonly string[] = driverFiles,
): string => {
	if (!drivers.some((file) => existsSync(file))) {
		return 'no NVIDIA driver is loaded';
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
