import {mkdirSync} from 'node:fs';
import path from 'node:path';
import {expect, test} from 'vitest';
import {whyNoGpu} from '../../source/runtimes/tfjs/why-no-gpu.js';
import {temporaryFolder} from '../temporary-folder.js';

test('a GPU that TensorFlow does not see lacks a driver, CUDA, or a TensorFlow that can use it, or is not there', () => {
	const folder = temporaryFolder();
	const tensorflow = path.join(folder, 'tensorflow');
	mkdirSync(tensorflow);
	expect(whyNoGpu(tensorflow, ['/nowhere'])).toBe('no GPU driver is loaded');
	expect(whyNoGpu(tensorflow, [folder])).toMatch(
		/pip install tensorflow\[and-cuda\]/v,
	);
	mkdirSync(path.join(folder, 'nvidia/cudnn/lib'), {recursive: true});
	expect(whyNoGpu(tensorflow, [folder])).toBe('no GPU is visible');
	mkdirSync(path.join(folder, 'tensorflow_cpu-2.21.0.dist-info'));
	expect(whyNoGpu(tensorflow, [folder])).toBe(
		'tensorflow-cpu is installed, not tensorflow[and-cuda]',
	);
});
