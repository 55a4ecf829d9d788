import {existsSync, readdirSync, readFileSync} from 'node:fs';
import path from 'node:path';
import {describe, expect, test} from 'vitest';
import {gradientMethodNames} from '../../source/cam/find-method.js';
import {decodeNpy, explain, loadModel} from '../../source/index.js';
import {installedNames} from '../runtimes/installed.js';

const root = path.resolve(import.meta.dirname, '../..');

/** The greatest relative error that is allowed: α of Grad-CAM++ divides by what may cancel. */
const gate = (method: string) => (method === 'grad-cam++' ? 1e-3 : 1e-5);

const relativeError = (map: Float32Array, wanted: Float32Array): number => {
	let error = 0;
	let most = 0;
	for (const [at, value] of wanted.entries()) {
		error = Math.max(error, Math.abs(map[at] - value));
		most = Math.max(most, Math.abs(value));
	}

	return most === 0 ? error : error / most;
};

const readArray = (...parts: string[]) =>
	decodeNpy(readFileSync(path.join(...parts)), parts.at(-1)!).data;

type Case = {
	readonly kind: string;
	readonly layers: Readonly<Record<string, string>>;
	readonly targets: ReadonlyArray<{
		readonly class?: number;
		readonly cls?: number;
		readonly x: number;
		readonly y: number;
	}>;
};

const readCase = (folder: string) =>
	// eslint-disable-next-line @typescript-eslint/no-unsafe-type-assertion -- written by the script beside it
	JSON.parse(readFileSync(path.join(folder, 'case.json'), 'utf8')) as Case;

/** Explains every target of a case and compares each map with what autograd says. */
const compare = async (
	folder: string,
	runtime: string,
	wantedMap: (
		method: string,
		layer: string,
		target: number,
		size: number,
	) => Float32Array,
) => {
	const {kind, layers, targets} = readCase(folder);
	const model = await loadModel(path.join(folder, 'model.onnx'), {runtime});
	const names = Object.entries(layers);
	for (const [index, target] of targets.entries()) {
		// eslint-disable-next-line no-await-in-loop -- one network
		const maps = await explain(model, path.join(folder, 'input.npy'), {
			class: target.class ?? target.cls,
			...(kind === 'segmentation' && {pixel: target}),
			layers: Object.values(layers),
			methods: gradientMethodNames,
		});
		for (const {method, layer, map} of maps) {
			const short = names.find(([, name]) => name === layer)![0];
			expect(
				relativeError(map, wantedMap(method, short, index, map.length)),
				`${method} of target ${index} at ${short}`,
			).toBeLessThan(gate(method));
		}
	}

	await model.dispose();
};

const fixtures = path.join(root, 'fixtures/reference');

describe.each(await installedNames())('on %s', (runtime) => {
	test.each(
		readdirSync(fixtures).filter((name) =>
			existsSync(path.join(fixtures, name, 'case.json')),
		),
	)('every map of %s is what autograd says', async (name) => {
		const folder = path.join(fixtures, name);
		await compare(folder, runtime, (method, layer, target, size) =>
			readArray(folder, `${method}_${layer}.npy`).subarray(
				target * size,
				(target + 1) * size,
			),
		);
	});
});
