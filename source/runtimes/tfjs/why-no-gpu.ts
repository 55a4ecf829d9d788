import {existsSync} from 'node:fs';
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

	return tensorflow !== undefined &&
		!existsSync(path.join(tensorflow, '../nvidia/cudnn/lib'))
		? "CUDA's libraries are not beside it, which pip install tensorflow[and-cuda] brings"
		: 'no GPU is visible';
};
