import {expect, test} from 'vitest';
import {readNetwork} from '../../../source/formats/keras/network.js';
import {readTopology} from '../../../source/formats/keras/topology.js';
import {tensorOf} from '../../../source/graph/tensor.js';
import {answer} from '../answer.js';

const reading = (...names: string[]) => ({
	args: [names.map((name) => ({config: {keras_history: [name, 0, 0]}}))],
	kwargs: {},
});

test('layers that only keras.applications has are read', async () => {
	const model = readNetwork({
		topology: readTopology('Functional', {
			name: 'model',
			layers: [
				{
					class_name: 'InputLayer',
					name: 'image',
					config: {name: 'image', batch_shape: [null, 1, 1, 2]},
					inbound_nodes: [],
				},
				{
					class_name: 'LayerScale',
					name: 'scale',
					config: {trainable: true, init_values: 1e-6, projection_dim: 2},
					inbound_nodes: [reading('image')],
				},
				{
					class_name: 'StochasticDepth',
					name: 'depth',
					config: {trainable: true, drop_path_rate: 0.5},
					inbound_nodes: [reading('scale')],
				},
				{
					class_name: 'CustomScaleLayer',
					name: 'sum',
					config: {trainable: true, scale: 0.5},
					inbound_nodes: [reading('image', 'depth')],
				},
			],
			input_layers: [['image', 0, 0]],
			output_layers: [['sum', 0, 0]],
		}),
		isKeras3: true,
		backend: 'tensorflow',
		findWeight: (_, weight) =>
			weight === 'gamma' ? tensorOf('float32', [10, 100]) : undefined,
	});
	const input = {shape: [1, 1, 1, 2], data: Float32Array.of(2, 3)};
	expect([...(await answer(model, input, 'wasm'))]).toEqual([12, 153]);
});
