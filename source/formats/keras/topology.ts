import {ModelError} from '../../errors.js';
import {isRecord, listOf, type JsonRecord} from '../tfjs/model-json.js';
import {
	isOperation,
	readOperationCall,
	type OperationCall,
} from './operation-call.js';
import {referencesIn, type TensorReference} from './reference.js';

/** A layer as listed in a model's config. */
export type ListedLayer = {
	readonly name: string;
	readonly className: string;
	/** Whether it is a function stored as a layer. */
	readonly isOperation: boolean;
	readonly config: JsonRecord;
	/** Its calls; a layer may be called several times. */
	readonly calls: readonly OperationCall[];
};

/** A model as described by its config. */
export type Topology = {
	readonly name: string;
	readonly layers: readonly ListedLayer[];
	readonly inputs: readonly TensorReference[];
	readonly outputs: readonly TensorReference[];
};

const modelClasses = new Set(['Functional', 'Model', 'Sequential']);

/** Whether a class is a model; a layer can be one too. */
export const isModel = (className: string): boolean =>
	modelClasses.has(className);

const damaged = (what: string) =>
	new ModelError(`The model's config ${what}; save the model again`);

const reading = (operands: readonly TensorReference[]): OperationCall => ({
	operands,
	settings: {},
});

/** Operands given by name, in the order of Keras' signatures: attention has the value before the key. */
const namedOperands = ({query, value, key, ...others}: JsonRecord) =>
	referencesIn([query, value, key, others]);

/** `{"args": […], "kwargs": {"training": true}}`, or of Keras 2 `[["conv", 0, 0, {"training": true}]]`. */
const readLayerCall = (call: unknown): OperationCall => {
	const named = isRecord(call)
		? [call.kwargs]
		: [call, ...listOf(call)].map((entry) => listOf(entry)[3]);
	const settings = Object.fromEntries(
		named.flatMap((each) => (isRecord(each) ? Object.entries(each) : [])),
	);
	return {
		operands: [
			...referencesIn(isRecord(call) ? call.args : call),
			...namedOperands(settings),
		],
		settings,
	};
};

const readLayer = (value: unknown): ListedLayer => {
	if (!isRecord(value) || typeof value.class_name !== 'string') {
		throw damaged('lists a layer without a class');
	}

	const {class_name: className, config} = value;
	const fields = isRecord(config) ? config : {};
	const name = [value.name, fields.name].find(
		(each) => typeof each === 'string',
	);
	if (typeof name !== 'string') {
		throw damaged(`lists a layer of the class ${className} without a name`);
	}

	const layer = {
		name,
		className,
		isOperation: isOperation(value),
		config: fields,
	};
	return {
		...layer,
		calls: listOf(value.inbound_nodes).map((call) =>
			layer.isOperation ? readOperationCall(layer, call) : readLayerCall(call),
		),
	};
};

/** Each layer reads the one before it. */
const chain = (layers: readonly ListedLayer[]): ListedLayer[] =>
	layers.map((layer, index) => ({
		...layer,
		calls:
			index === 0
				? []
				: [reading([{layer: layers[index - 1].name, call: 0, tensor: 0}])],
	}));

/** The input shape of a Sequential model without input layer: its first layer or the model states it. */
const withInput = (
	layers: readonly ListedLayer[],
	config: JsonRecord,
): readonly ListedLayer[] => {
	const [first] = layers;
	if (first.className === 'InputLayer') {
		return layers;
	}

	const input: ListedLayer = {
		name: `${first.name}_input`,
		className: 'InputLayer',
		isOperation: false,
		config: {
			batch_input_shape:
				first.config.batch_input_shape ?? config.build_input_shape,
		},
		calls: [],
	};
	return [input, ...layers];
};

/**
Reads the config of a model, as written by Keras 2, Keras 3 or TensorFlow.js.

@throws {ModelError} If it is damaged, or the model's class is custom.
*/
export const readTopology = (className: string, config: unknown): Topology => {
	if (!isModel(className)) {
		throw new ModelError(
			`The model is of the class ${className}, which is code that no file holds; save it as a Functional or Sequential model, or convert it to ONNX with tf2onnx`,
		);
	}

	// Until version 2.2, the config of a Sequential model was its layers.
	const fields = isRecord(config) ? config : {layers: config};
	const layers = listOf(fields.layers).map((layer) => readLayer(layer));
	if (layers.length === 0) {
		throw damaged('lists no layers');
	}

	const name = typeof fields.name === 'string' ? fields.name : className;
	if (className !== 'Sequential') {
		return {
			name,
			layers,
			inputs: referencesIn(fields.input_layers),
			outputs: referencesIn(fields.output_layers),
		};
	}

	const chained = chain(withInput(layers, fields));
	const end = (layer: ListedLayer) => [{layer: layer.name, call: 0, tensor: 0}];
	return {
		name,
		layers: chained,
		inputs: end(chained[0]),
		outputs: end(chained.at(-1)!),
	};
};
