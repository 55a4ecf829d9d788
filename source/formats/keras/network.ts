import {ModelError} from '../../errors.js';
import type {Node} from '../../graph/graph.js';
import type {Tensor} from '../../graph/tensor.js';
import {inNode} from '../channels-last/in-node.js';
import {ChannelsLastWriter} from '../channels-last/writer.js';
import type {DeclaredValue, Dimension, ModelFile} from '../model-file.js';
import {Config} from './config.js';
import type {Dialect, LayerCall} from './layers/layer.js';
import {findLayer} from './layers/table.js';
import {
	isModel,
	readTopology,
	type ListedLayer,
	type TensorReference,
	type Topology,
} from './topology.js';
import type {FindWeight, LayerPlace} from './weights.js';

/** A model of Keras as its file has it. */
export type KerasModel = {
	readonly className: string;
	readonly config: unknown;
	/** `2.1.4`, or `tfjs-layers 4.22.0`. */
	readonly version: string;
	/** What it was trained with: `tensorflow`, `tensor_flow.js` … */
	readonly backend: string;
	readonly findWeight: FindWeight;
};

/** What is known of a layer's call until its sizes are. */
type Written = Pick<LayerCall, 'config' | 'weight'> & {
	readonly write: (call: LayerCall) => void;
};

const dialectOf = ({version, backend}: KerasModel): Dialect => ({
	upSampling: backend === 'tensor_flow.js' ? 'asymmetric' : 'half_pixel',
	hasSteepHardSigmoid: !(Number.parseInt(version, 10) >= 3),
});

/** The name of a group in an archive of Keras 3: the class in snake case. */
const snakeCase = (className: string) =>
	className
		.replaceAll(/(?<before>.)(?<word>[A-Z][a-z]+)/gv, '$<before>_$<word>')
		.replaceAll(/(?<small>[a-z])(?<large>[A-Z])/gv, '$<small>_$<large>')
		.toLowerCase();

/** By layer; those of one class are counted. */
const groupsOf = (layers: readonly ListedLayer[]) => {
	const counts = new Map<string, number>();
	return layers.map(({className}) => {
		const group = snakeCase(className);
		const count = counts.get(group) ?? 0;
		counts.set(group, count + 1);
		return count === 0 ? group : `${group}_${count}`;
	});
};

const toDimensions = (shape: unknown) =>
	Array.isArray(shape)
		? shape.map((size): Dimension =>
				typeof size === 'number' ? size : undefined,
			)
		: undefined;

/** Puts the layers of a model and of the models in it into one network. */
class NetworkBuilder {
	readonly nodes: Node[] = [];
	readonly inputs: DeclaredValue[] = [];
	readonly constants = new Map<string, Tensor>();
	readonly written = new Map<Node, Written>();
	readonly #findWeight: FindWeight;
	/** Before version 3, calls of models inside models were counted from 1. */
	readonly #firstModelCall: number;

	constructor({findWeight, version}: KerasModel) {
		this.#findWeight = findWeight;
		this.#firstModelCall = Number.parseInt(version, 10) >= 3 ? 0 : 1;
	}

	/**
	@param place Where the model's own layers lie.
	@param given Names of what a nested model is given; a model by itself has inputs.
	@returns Names of what comes out.
	*/
	addModel(
		topology: Topology,
		{
			scope,
			place,
			given,
		}: {
			readonly scope: string;
			readonly place: LayerPlace;
			readonly given?: readonly string[];
		},
	): string[] {
		const {layers} = topology;
		const byName = new Map(layers.map((layer) => [layer.name, layer]));
		const nameOf = ({layer: name, call, tensor}: TensorReference) => {
			const layer = byName.get(name);
			if (!layer) {
				throw new ModelError(
					`The model's config reads layer "${name}", which it does not list; save the model again`,
				);
			}

			const offset =
				isModel(layer.className) &&
				call >= this.#firstModelCall &&
				layer.calls.length > 0
					? this.#firstModelCall
					: 0;
			return outputName(`${scope}${name}`, call - offset, tensor);
		};

		const groups = groupsOf(layers);
		for (const [index, layer] of layers.entries()) {
			const inner: LayerPlace = {
				names: [...place.names, layer.name],
				groups: [...place.groups, groups[index]],
			};
			const name = `${scope}${layer.name}`;
			if (layer.className === 'InputLayer') {
				const at = topology.inputs.findIndex(
					(input) => input.layer === layer.name,
				);
				this.#addInput(layer, name, given?.[at]);
				continue;
			}

			for (const [call, references] of layer.calls.entries()) {
				const inputs = references.map((reference) => nameOf(reference));
				if (isModel(layer.className)) {
					this.#addNested(layer, {name, call, inputs, place: inner});
				} else {
					this.#addLayer(layer, {name, call, inputs, place: inner});
				}
			}
		}

		return topology.outputs.map((reference) => nameOf(reference));
	}

	#addInput({config}: ListedLayer, name: string, given: string | undefined) {
		if (given === undefined) {
			this.inputs.push({
				name,
				type: 'float32',
				shape: toDimensions(config.batch_input_shape ?? config.batch_shape),
			});
		} else {
			this.#addSame(name, given);
		}
	}

	#addNested(layer: ListedLayer, {name, call, inputs, place}: Placed) {
		const outputs = this.addModel(readTopology(layer.className, layer.config), {
			scope: `${outputName(name, call, 0)}/`,
			place,
			given: inputs,
		});
		for (const [tensor, output] of outputs.entries()) {
			this.#addSame(outputName(name, call, tensor), output);
		}
	}

	#addLayer(layer: ListedLayer, {name, call, inputs, place}: Placed) {
		const {className, module} = layer;
		if (/\bops\b/v.test(module)) {
			throw new ModelError(
				`Layer ${name} is the operation ${className} outside of any layer, which is not known; use a layer of Keras (Rescaling, Add, Multiply …) instead and save the model again`,
			);
		}

		const {weights, write} = findLayer(className, name);
		const config = new Config(name, layer.config);
		if (config.raw('data_format') === 'channels_first') {
			throw new ModelError(
				`Layer ${name} (${className}) has its channels first; save the model with data_format "channels_last"`,
			);
		}

		for (const [index, weight] of (weights?.(config) ?? []).entries()) {
			const tensor = this.#findWeight(place, weight, index);
			if (!tensor) {
				throw new ModelError(
					`The weights "${weight}" of layer ${name} (${className}) are missing; save the model with its weights`,
				);
			}

			this.constants.set(`${name}/${weight}`, tensor);
		}

		const output = outputName(name, call, 0);
		const node: Node = {
			name: output,
			opType: className,
			inputs,
			outputs: [output],
			attributes: {},
		};
		this.nodes.push(node);
		this.written.set(node, {
			config,
			weight: (weight) => `${name}/${weight}`,
			write,
		});
	}

	#addSame(output: string, input: string) {
		const node: Node = {
			name: output,
			opType: 'Identity',
			inputs: [input],
			outputs: [output],
			attributes: {},
		};
		this.nodes.push(node);
		this.written.set(node, {
			config: new Config(output, {}),
			weight: (weight) => weight,
			...findLayer('Identity', output),
		});
	}
}

/** One call of a layer. */
type Placed = {
	readonly name: string;
	readonly call: number;
	readonly inputs: readonly string[];
	readonly place: LayerPlace;
};

/** What a value is called: after its layer, with numbers where that is called again or makes several. */
const outputName = (layer: string, call: number, tensor: number): string =>
	`${layer}${call > 0 ? `:call${call}` : ''}${tensor > 0 ? `:${tensor}` : ''}`;

/**
Makes a network of a Keras model: of its config and its weights, nothing of which is ever executed.

@throws {ModelError} When a layer is not known, or its weights are missing; the message names the layer.
*/
export const readNetwork = (model: KerasModel): ModelFile => {
	const topology = readTopology(model.className, model.config);
	const builder = new NetworkBuilder(model);
	const outputs = builder.addModel(topology, {
		scope: '',
		place: {names: [], groups: []},
	});
	const dialect = dialectOf(model);
	return {
		name: topology.name,
		opset: 17,
		inputs: builder.inputs,
		outputs,
		nodes: builder.nodes,
		constants: builder.constants,
		translate(draft, wanted) {
			const writer = new ChannelsLastWriter(draft, wanted);
			return (node) => {
				const {write, config, weight} = builder.written.get(node)!;
				const {
					inputs,
					outputs: [output],
				} = node;
				inNode(node, () => {
					write({writer, output, inputs, config, weight, dialect});
				});
			};
		},
		layout: 'NHWC',
		notes: [],
	};
};
