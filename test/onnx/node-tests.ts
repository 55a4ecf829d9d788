/**
Runs ONNX's own operator tests on every runtime that is there, and prints how many of the applicable ones pass.

	npm run test:onnx -- [FOLDER] [--filter TEXT]

FOLDER is onnx/backend/test/data/node of a checkout of ONNX; Debian has it in the package libonnx-testdata.
*/
import {existsSync, readdirSync} from 'node:fs';
import path from 'node:path';
import process from 'node:process';
import {parseArgs} from 'node:util';
import {onnxruntime} from '../../source/runtimes/onnxruntime/runtime.js';
import type {Runtime, RuntimeFactory} from '../../source/runtimes/runtime.js';
import {tfjsNode, wasm} from '../../source/runtimes/tfjs/index.js';
import type {Tensor} from '../../source/graph/tensor.js';
import {isApplicable, type NodeCase, readNodeCase} from './node-case.js';

const debianFolder = '/usr/share/libonnx-testdata/data/node';

const corners =
	'ONNX counts corners on the size before it is rounded, onnxruntime and PyTorch on the size that there is';
const training =
	'networks are explained as they are used, not as they are trained';
const device = 'onnxruntime only';
const rounding = 'activations are cut to the range of 8 bits, not rounded';

/** Cases that need not pass, and why; any other that fails makes the exit code 1. */
const known: ReadonlyMap<string, string> = new Map([
	['test_resize_downsample_scales_linear_align_corners', corners],
	['test_resize_downsample_scales_cubic_align_corners', corners],
	['test_batchnorm_epsilon_training_mode', training],
	['test_batchnorm_example_training_mode', training],
	['test_dropout_default_mask', training],
	['test_dropout_default_mask_ratio', training],
	['test_training_dropout', training],
	['test_training_dropout_default', training],
	['test_training_dropout_default_mask', training],
	['test_training_dropout_mask', training],
	['test_training_dropout_zero_ratio_mask', training],
	['test_quantizelinear', rounding],
	['test_quantizelinear_axis', rounding],
	['test_dynamicquantizelinear_expanded', rounding],
	['test_dynamicquantizelinear_max_adjusted_expanded', rounding],
	['test_dynamicquantizelinear_min_adjusted_expanded', rounding],
	['test_maxpool_2d_uint8', 'activations are floats'],
	['test_maxpool_with_argmax_2d_precomputed_strides', device],
	[
		'test_maxunpool_export_with_output_shape',
		'indices count through the output, as in onnxruntime and PyTorch',
	],
	['test_dequantizelinear', device],
	['test_dequantizelinear_axis', device],
	['test_resize_downsample_sizes_nearest_tf_half_pixel_for_nn', device],
	['test_resize_tf_crop_and_resize', device],
	['test_convtranspose_3d', device],
	['test_constant_pad', 'in TensorFlow.js the value must be known beforehand'],
]);

// As ONNX's own test runner compares.
const relativeTolerance = 1e-3;
const absoluteTolerance = 1e-6;

const isClose = (value: number, wanted: number): boolean =>
	Object.is(value, wanted) ||
	Math.abs(value - wanted) <=
		absoluteTolerance + relativeTolerance * Math.abs(wanted);

/** Why a result is wrong; undefined where it is right. */
const compare = (
	name: string,
	result: Float32Array,
	{shape, data}: Tensor,
	inferred: readonly number[],
): string | undefined => {
	if (String(inferred) !== String(shape)) {
		return `${name}: shape [${inferred.join(', ')}], not [${shape.join(', ')}]`;
	}

	const wrong = result.findIndex(
		(value, index) => !isClose(value, Math.fround(Number(data[index]))),
	);
	return wrong === -1 && result.length === data.length
		? undefined
		: `${name}[${wrong}]: ${result[wrong]}, not ${data[wrong]}`;
};

const run = async (
	runtime: Runtime,
	{graph, feeds, expected}: NodeCase,
): Promise<string | undefined> => {
	const session = await runtime.load(graph, graph.outputs);
	try {
		const results = await session.run(feeds, graph.outputs);
		for (const [name, tensor] of expected) {
			const reason = compare(
				name,
				results.get(name)!,
				tensor,
				graph.values.get(name)!.shape,
			);
			if (reason) {
				return reason;
			}
		}

		return undefined;
	} finally {
		await session.dispose();
	}
};

const firstLine = (error: unknown): string =>
	(error instanceof Error ? error.message : String(error)).split('\n')[0];

const openAll = async (
	factories: readonly RuntimeFactory[],
): Promise<readonly Runtime[]> => {
	const opened = await Promise.allSettled(
		factories.map(async (factory) => factory.open({threads: 1})),
	);
	return opened.flatMap((result, index) => {
		if (result.status === 'fulfilled') {
			return result.value;
		}

		const reason = firstLine(result.reason);
		console.log(`${factories[index].name}: skipped: ${reason}`);
		return [];
	});
};

/** Why a case fails; undefined where it passes. */
const tryCase = async (
	runtime: Runtime,
	folder: string,
): Promise<string | undefined> => {
	try {
		return await run(runtime, readNodeCase(folder));
	} catch (error) {
		return firstLine(error);
	}
};

const report = async (
	runtime: Runtime,
	folder: string,
	cases: readonly string[],
): Promise<void> => {
	const failures: string[] = [];
	for (const name of cases) {
		// eslint-disable-next-line no-await-in-loop -- one after the other, so that a crash shows its case
		const reason = await tryCase(runtime, path.join(folder, name));
		if (reason) {
			const excuse = known.get(name);
			failures.push(`  ${name}: ${reason}${excuse ? ` (${excuse})` : ''}`);
			process.exitCode = excuse ? process.exitCode : 1;
		}
	}

	console.log(
		`\n${runtime.description}: ${cases.length - failures.length} of ${cases.length} pass`,
	);
	console.log(failures.join('\n'));
};

const {
	values: {filter},
	positionals: [folder = debianFolder],
} = parseArgs({
	options: {filter: {type: 'string', default: ''}},
	allowPositionals: true,
});
if (existsSync(folder)) {
	const names = readdirSync(folder)
		.filter((name) => name.includes(filter))
		.toSorted();
	const cases = names.filter((name) => isApplicable(path.join(folder, name)));
	console.log(
		`${names.length} cases, ${cases.length} of which have only operators and types that are known`,
	);
	for (const runtime of await openAll([onnxruntime, wasm, tfjsNode])) {
		// eslint-disable-next-line no-await-in-loop -- runtimes share the processor
		await report(runtime, folder, cases);
	}
} else {
	console.log(
		`skipped: ${folder} is not there; install Debian's libonnx-testdata, or name the folder onnx/backend/test/data/node`,
	);
}
