import {describe, expect, test} from 'vitest';
import {
	type Attempt,
	chooseRuntime,
	problemOf,
} from '../../source/runtimes/choose.js';

const works = (name: string, description: string, hasGpu = false): Attempt => ({
	name,
	works: true,
	description,
	hasGpu,
});

const fails = (name: string, problem: string): Attempt => ({
	name,
	works: false,
	problem,
});

const gpu = works('tfjs-node-gpu', 'TensorFlow 2.20.0 (GPU)', true);
const noGpu = works(
	'tfjs-node-gpu',
	'TensorFlow 2.20.0 (no GPU driver is loaded, so its CPU kernels run)',
);
const noAddon = fails(
	'tfjs-node-gpu',
	'@tensorflow/tfjs-node-gpu is not installed',
);
const ort = works('onnxruntime', 'onnxruntime 1.30 (CPU, 2 threads)');
const noOrt = fails('onnxruntime', 'onnxruntime is not installed');
const cpu = works('tfjs-node', 'TensorFlow 2.20.0 (CPU)');
const noCpu = fails('tfjs-node', '@tensorflow/tfjs-node is not installed');
const wasm = works('wasm', 'TensorFlow.js 4.22.0 (WebAssembly, 1 thread)');

describe('auto', () => {
	test('takes a GPU where there is one', () => {
		expect(chooseRuntime([gpu, ort, cpu, wasm])).toEqual({
			name: 'tfjs-node-gpu',
			reason: 'the fastest that works',
		});
	});

	test('needs to try nothing slower than what it takes', () => {
		expect(chooseRuntime([gpu])?.name).toBe('tfjs-node-gpu');
		expect(chooseRuntime([noGpu, ort])?.name).toBe('onnxruntime');
	});

	test('takes onnxruntime where TensorFlow sees no GPU, and says why it sees none', () => {
		expect(chooseRuntime([noGpu, ort, cpu, wasm])).toEqual({
			name: 'onnxruntime',
			reason:
				'the fastest that works; tfjs-node-gpu: TensorFlow 2.20.0 (no GPU driver is loaded, so its CPU kernels run)',
		});
	});

	test('takes onnxruntime where the GPU computes wrongly', () => {
		const wrong = fails(
			'tfjs-node-gpu',
			'multiplies wrongly: (0, 0), not (23, 34)',
		);
		expect(chooseRuntime([wrong, ort, wasm])).toEqual({
			name: 'onnxruntime',
			reason:
				'the fastest that works; tfjs-node-gpu: multiplies wrongly: (0, 0), not (23, 34)',
		});
	});

	test("takes TensorFlow's kernels for the processor where onnxruntime is missing, of the package that is meant for them", () => {
		expect(chooseRuntime([noGpu, noOrt, cpu, wasm])?.name).toBe('tfjs-node');
		expect(chooseRuntime([noAddon, noOrt, cpu, wasm])).toEqual({
			name: 'tfjs-node',
			reason:
				'the fastest that works; tfjs-node-gpu is not installed; onnxruntime is not installed',
		});
	});

	test('takes WebAssembly where there is nothing else', () => {
		expect(chooseRuntime([noAddon, noOrt, noCpu, wasm])).toEqual({
			name: 'wasm',
			reason:
				'the fastest that works; tfjs-node-gpu is not installed; onnxruntime is not installed; tfjs-node is not installed',
		});
	});

	test('takes nothing where nothing works', () => {
		expect(
			chooseRuntime([noAddon, noOrt, noCpu, fails('wasm', 'no memory')]),
		).toBeUndefined();
	});
});

test('an error tells its problem in one line', () => {
	const missing = Object.assign(new Error('Cannot find package'), {
		code: 'ERR_MODULE_NOT_FOUND',
	});
	expect(problemOf('onnxruntime', missing)).toBe(
		'onnxruntime is not installed',
	);
	expect(problemOf('wasm', new Error('no memory\n  at …'))).toBe('no memory');
});
