import {expect, test} from 'vitest';
import {ModelError} from '../../../source/errors.js';
import {onnxruntime} from '../../../source/runtimes/onnxruntime/runtime.js';
import {buildGraph, node} from '../../graph/build.js';

test('a result of another size than the graph says is refused, not read in the wrong places', async () => {
	const graph = buildGraph({
		inputs: {image: [1, 1, 2, 2]},
		nodes: [node('Relu', ['image'], 'output')],
	});
	const output = {...graph.values.get('output')!, shape: [1, 1, 2, 3]};
	const mistaken = {
		...graph,
		values: new Map([...graph.values, ['output', output]]),
	};
	const runtime = await onnxruntime.open({threads: 1});
	try {
		const session = await runtime.load(mistaken, ['output']);
		const feeds = new Map([['image', new Float32Array(4)]]);
		const refused = session.run(feeds, ['output']);
		await expect(refused).rejects.toThrow(ModelError);
		await expect(refused).rejects.toThrow(
			/"output" comes out as \[1, 1, 2, 2\], not \[1, 1, 2, 3\]/v,
		);
	} finally {
		await runtime.dispose();
	}
});
