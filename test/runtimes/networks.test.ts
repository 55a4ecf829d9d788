import path from 'node:path';
import {describe, expect, test} from 'vitest';
import {type ExplainedMap, explain, loadModel} from '../../source/index.js';
import {installedNames} from './installed.js';

const models = path.resolve(import.meta.dirname, '../../models');
const picture = path.resolve(
	import.meta.dirname,
	'../../fixtures/demo/street.png',
);

const explainOn = async (
	runtime: string,
	name: string,
): Promise<readonly ExplainedMap[]> => {
	const model = await loadModel(path.join(models, name, 'model.onnx'), {
		runtime,
	});
	const maps = await explain(model, picture, {
		...(name === 'street' && {pixel: {x: 40, y: 50}}),
		methods: ['grad-cam', 'hirescam', 'layercam'],
	});
	await model.dispose();
	return maps;
};

const [first, ...others] = await installedNames();

describe.each(['street', 'signs'])('the embedded network %s', (name) => {
	test.each(others)(`is explained on %s as on ${first}`, async (runtime) => {
		const wanted = await explainOn(first, name);
		const maps = await explainOn(runtime, name);
		expect(maps).toHaveLength(wanted.length);
		for (const [index, {map}] of maps.entries()) {
			const most = Math.max(...wanted[index].map);
			expect(most).toBeGreaterThan(0);
			for (const [at, value] of map.entries()) {
				expect(Math.abs(value - wanted[index].map[at])).toBeLessThan(
					1e-4 * most,
				);
			}
		}
	});
});
