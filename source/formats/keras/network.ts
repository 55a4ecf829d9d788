import {inNode} from '../channels-last/in-node.js';
import {ChannelsLastWriter} from '../channels-last/writer.js';
import type {ModelFile} from '../model-file.js';
import type {Config} from './config.js';
import type {Dialect} from './layers/layer.js';
import {asChannelsLast, hasChannelsFirst} from './channels-first.js';
import {NetworkBuilder} from './network-builder.js';
import type {Topology} from './topology.js';
import type {FindWeight} from './weights.js';

/** A Keras model as stored in a file. */
export type KerasModel = {
	readonly topology: Topology;
	/** Whether it was saved by version 3 or later; TensorFlow.js writes like version 2. */
	readonly isKeras3: boolean;
	/** The backend it was trained with: `tensorflow`, `tensor_flow.js` … */
	readonly backend: string;
	readonly findWeight: FindWeight;
};

/** How a version (`2.15.0`, `tfjs-layers 4.22.0`) writes its files. */
export const isKeras3 = (version: string): boolean =>
	Number.parseInt(version, 10) >= 3;

const dialectOf = ({isKeras3, backend}: KerasModel): Dialect => ({
	upSampling: backend === 'tensor_flow.js' ? 'asymmetric' : 'half_pixel',
	hasSteepHardSigmoid: !isKeras3,
});

/** The channel order of the first layer that states one; channels last by default. */
const layoutOf = (layers: readonly Config[]): 'NHWC' | 'NCHW' => {
	const first = layers.find((config) => config.has('data_format'));
	return first && hasChannelsFirst(first) ? 'NCHW' : 'NHWC';
};

/**
Turns a Keras model's config and weights into a network. No code in it is ever executed.

@throws {ModelError} If a layer is not known, or its weights are missing; the message names the layer.
*/
export const readNetwork = (model: KerasModel): ModelFile => {
	const {topology} = model;
	const builder = new NetworkBuilder(model);
	const outputs = builder.addModel(topology, {
		scope: '',
		names: [],
	});
	const dialect = dialectOf(model);
	const layout = layoutOf(
		Array.from(builder.written.values(), (layer) => layer.config),
	);
	return {
		name: topology.name,
		opset: 17,
		inputs: builder.inputs,
		outputs,
		nodes: builder.nodes,
		constants: builder.constants,
		translate(draft, wanted) {
			const writer = new ChannelsLastWriter(draft, wanted, layout);
			return (node) => {
				const {write, config, weight} = builder.written.get(node)!;
				const {inputs, outputs} = node;
				const [output] = outputs;
				const call = {writer, output, outputs, inputs, config, weight, dialect};
				inNode(node, () => {
					if (hasChannelsFirst(config)) {
						asChannelsLast(call, write);
					} else {
						write(call);
					}
				});
			};
		},
		layout,
		notes: [],
	};
};
