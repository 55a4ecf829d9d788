import {ModelError} from '../../errors.js';
import type {Attribute, Node} from '../../graph/graph.js';
import type {Tensor} from '../../graph/tensor.js';
import type {DeclaredValue, Dimension} from '../model-file.js';
import type {JsonRecord} from '../tfjs/model-json.js';
import {Config} from './config.js';
import type {LayerCall} from './layers/layer.js';
import {findLayer} from './layers/table.js';
import type {KerasModel} from './network.js';
import type {OperationCall} from './operation-call.js';
import {findOperation} from './operations/find-operation.js';
import type {TensorReference} from './reference.js';
import {
	isModel,
	readTopology,
	type ListedLayer,
	type Topology,
} from './topology.js';
import {partOf, type FindWeight} from './weights.js';

/** What is known about a layer's call before its sizes are. */
type Written = Pick<LayerCall, 'config' | 'weight'> & {
	readonly write: (call: LayerCall) => void;
};

const toDimensions = (shape: unknown) =>
	Array.isArray(shape)
		? shape.map((size): Dimension =>
				typeof size === 'number' ? size : undefined,
			)
		: undefined;

/** Joins the layers of a model and its nested models into one network. */
export class NetworkBuilder {
	readonly nodes: Node[] = [];
	readonly inputs: DeclaredValue[] = [];
	readonly constants = new Map<string, Tensor>();
	readonly written = new Map<Node, Written>();
	readonly #findWeight: FindWeight;
	readonly #isKeras3: boolean;

	constructor({
		findWeight,
		isKeras3,
	}: Pick<KerasModel, 'findWeight' | 'isKeras3'>) {
		this.#findWeight = findWeight;
		this.#isKeras3 = isKeras3;
	}

	/**
	@param names The names of the models around it, outermost first, and its own; empty for the outermost.
	@param given The names of a nested model's inputs; a model on its own has input layers.
	@returns The names of its outputs.
	*/
	addModel(
		topology: Topology,
		{
			scope,
			names,
			given,
		}: {
			readonly scope: string;
			readonly names: readonly string[];
			readonly given?: readonly string[];
		},
	): string[] {
		const {layers} = topology;
		const byName = new Map(layers.map((layer) => [layer.name, layer]));
		const nameOf = (
			{layer: name, call, tensor}: TensorReference,
			isOutput = false,
		) => {
			const layer = byName.get(name);
			if (!layer) {
				throw new ModelError(
					`The model's config reads layer "${name}", which it does not list; save the model again`,
				);
			}

			const first = this.#firstCall(layer, isOutput);
			const index =
				call < first || layer.calls.length === 0 ? call : call - first;
			return outputName(`${scope}${name}`, index, tensor);
		};

		for (const layer of layers) {
			const name = `${scope}${layer.name}`;
			if (layer.className === 'InputLayer') {
				const at = topology.inputs.findIndex(
					(input) => input.layer === layer.name,
				);
				this.#addInput(layer, name, given?.[at]);
				continue;
			}

			for (const [call, {operands, settings}] of layer.calls.entries()) {
				const inputs = operands.map((operand, index) =>
					'layer' in operand
						? nameOf(operand)
						: this.#addConstant(
								`${outputName(name, call, 0)}/${index}`,
								operand,
							),
				);
				const placed: Placed = {
					name,
					call,
					inputs,
					settings,
					names: [...names, layer.name],
				};
				if (isModel(layer.className)) {
					this.#addNested(layer, placed);
				} else {
					this.#addLayer(layer, placed);
				}
			}
		}

		return topology.outputs.map((reference) => nameOf(reference, true));
	}

	/** The number of a layer's first call: those of models inside models are counted from 1, but since version 3 only where they come out, and not of Sequential ones. */
	#firstCall({className}: ListedLayer, isOutput: boolean): number {
		const counts = this.#isKeras3
			? isOutput && className !== 'Sequential'
			: true;
		return isModel(className) && counts ? 1 : 0;
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

	#addConstant(name: string, tensor: Tensor): string {
		this.constants.set(name, tensor);
		return name;
	}

	#addNested(layer: ListedLayer, {name, call, inputs, names}: Placed) {
		const outputs = this.addModel(readTopology(layer.className, layer.config), {
			scope: `${outputName(name, call, 0)}/`,
			names,
			given: inputs,
		});
		for (const [tensor, output] of outputs.entries()) {
			this.#addSame(outputName(name, call, tensor), output);
		}
	}

	#addLayer(layer: ListedLayer, {name, call, inputs, settings, names}: Placed) {
		const {className} = layer;
		const {
			weights,
			outputs: countOutputs,
			write,
		} = layer.isOperation
			? findOperation(layer, settings)
			: findLayer(className, name);
		const config = new Config(name, {...layer.config, ...settings});
		const all = weights?.(config) ?? [];
		for (const weight of all) {
			// Those of each layer that this one is made of are counted by themselves.
			const part = partOf(weight);
			const index = all.filter((each) => partOf(each) === part).indexOf(weight);
			const tensor = this.#findWeight(names, weight, index);
			if (!tensor) {
				throw new ModelError(
					`The weights "${weight}" of layer ${name} (${className}) are missing; save the model with its weights`,
				);
			}

			this.constants.set(`${name}/${weight}`, tensor);
		}

		const outputs = Array.from(
			{length: countOutputs?.(config) ?? 1},
			(_, tensor) => outputName(name, call, tensor),
		);
		const node: Node = {
			name: outputs[0],
			opType: className,
			inputs,
			outputs,
			attributes: attributesOf({...layer.config, ...settings}),
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

/** The texts, numbers and lists of numbers in a layer's config, by which the scale of its input is guessed. */
const attributesOf = (config: JsonRecord): Node['attributes'] =>
	Object.fromEntries(
		Object.entries(config).filter(
			(entry): entry is [string, Attribute] =>
				['number', 'string'].includes(typeof entry[1]) ||
				(Array.isArray(entry[1]) &&
					entry[1].every((each) => typeof each === 'number')),
		),
	);

/** One call of a layer. */
type Placed = {
	readonly name: string;
	readonly call: number;
	readonly inputs: readonly string[];
	/** The arguments, by name. */
	readonly settings: OperationCall['settings'];
	/** The names of the models around the layer, outermost first, then its own. */
	readonly names: readonly string[];
};

/** The name of a value: that of its layer, with numbers if the layer is called again or has several outputs. */
const outputName = (layer: string, call: number, tensor: number): string =>
	`${layer}${call > 0 ? `:call${call}` : ''}${tensor > 0 ? `:${tensor}` : ''}`;
