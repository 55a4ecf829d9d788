// eslint-disable-next-line import-x/no-unassigned-import -- it registers itself
import '@tensorflow/tfjs-backend-cpu';
import * as tf from '@tensorflow/tfjs-core';
import {loadGraphModel} from '@tensorflow/tfjs-converter';
import type {LayersModel} from '@tensorflow/tfjs-layers';
import {decodeTfjs} from '../../../source/formats/tfjs/decode.js';
import type {ModelFile} from '../../../source/formats/model-file.js';
import type {Shape} from '../../../source/graph/tensor.js';
import {sampleData} from '../answer.js';

/** A model as TensorFlow.js keeps it: what stands in `model.json`, and one shard. */
export type Stored = {
	readonly json: {
		readonly format?: string;
		readonly modelTopology: object;
		readonly signature?: object;
		readonly weightsManifest: tf.io.WeightsManifestConfig;
	};
	readonly shard: Uint8Array<ArrayBuffer>;
};

/** What we make of it. */
export const decode = ({json, shard}: Stored): ModelFile =>
	decodeTfjs(JSON.stringify(json), () => shard);

/** What a layers-model looks like when it is saved. */
export const store = async (model: LayersModel): Promise<Stored> => {
	let stored: Stored | undefined;
	await model.save(
		tf.io.withSaveHandler(async ({modelTopology, weightSpecs, weightData}) => {
			stored = {
				json: {
					modelTopology: modelTopology!,
					weightsManifest: [{paths: ['shard'], weights: weightSpecs!}],
				},
				shard: new Uint8Array([weightData!].flat()[0]),
			};
			return {
				modelArtifactsInfo: {
					dateSaved: new Date(),
					modelTopologyType: 'JSON' as const,
				},
			};
		}),
	);
	return stored!;
};

/** Gives a model weights that are not the ones it starts with; variances stay above 0. */
export const fillWeights = (model: LayersModel): void => {
	model.setWeights(
		model.weights.map(({shape, name}, index) => {
			const sizes = shape.map(Number);
			const values = sampleData(
				sizes.reduce((a, b) => a * b, 1),
				index + 1,
			).map((value) => (name.includes('variance') ? 1.5 + value : value / 2));
			return tf.tensor(values, sizes);
		}),
	);
};

/** A node of a graph-model: its operator, what it reads, and attributes as in `model.json`. */
export type GraphNode = {
	readonly name: string;
	readonly op: string;
	readonly input?: readonly string[];
	readonly attr?: Readonly<Record<string, unknown>>;
};

/** A constant of a graph-model. */
export type Constant = {
	readonly shape: Shape;
	readonly data: readonly number[] | Float32Array;
	/** Of a text, its data are the bytes. */
	readonly dtype?: 'int32' | 'float32' | 'string';
	/** Nodes that it only comes after. */
	readonly after?: readonly string[];
};

const types = {
	float32: 'DT_FLOAT',
	int32: 'DT_INT32',
	string: 'DT_STRING',
} as const;

const bytesOf = ({data, dtype = 'float32'}: Constant): Uint8Array => {
	const typed = {
		float32: Float32Array,
		int32: Int32Array,
		string: Uint8Array,
	}[dtype].from(data);
	return new Uint8Array(typed.buffer);
};

/** A graph-model of one input `x` whose last node is the output. */
export const makeGraph = (
	shape: Shape,
	constants: Readonly<Record<string, Constant>>,
	nodes: readonly GraphNode[],
): Stored => {
	const dim = shape.map((size) => ({size: String(size)}));
	const placeholder = {
		name: 'x',
		op: 'Placeholder',
		attr: {dtype: {type: 'DT_FLOAT'}, shape: {shape: {dim}}},
	};
	const last = nodes.at(-1)!.name;
	return {
		json: {
			format: 'graph-model',
			modelTopology: {
				node: [
					placeholder,
					...Object.entries(constants).map(([name, constant]) => ({
						name,
						op: 'Const',
						input: constant.after?.map((node) => `^${node}`),
						attr: {dtype: {type: types[constant.dtype ?? 'float32']}},
					})),
					...nodes,
				],
				library: {},
				versions: {},
			},
			signature: {
				inputs: {x: {name: 'x:0', dtype: 'DT_FLOAT', tensorShape: {dim}}},
				outputs: {[last]: {name: `${last}:0`}},
			},
			weightsManifest: [
				{
					paths: ['shard'],
					weights: Object.entries(constants).map(([name, constant]) => ({
						name,
						shape: [...constant.shape],
						dtype: constant.dtype ?? 'float32',
					})),
				},
			],
		},
		shard: new Uint8Array(
			Object.values(constants).flatMap((constant) => [...bytesOf(constant)]),
		),
	};
};

/** What one answer of TensorFlow.js holds. */
export const dataOf = (output: unknown): Float32Array => {
	if (!(output instanceof tf.Tensor)) {
		throw new TypeError('the model answers no tensor');
	}

	return Float32Array.from(output.dataSync());
};

/** What TensorFlow.js itself answers to a graph-model. */
export const runGraph = async (
	{json, shard}: Stored,
	{shape, data}: {readonly shape: Shape; readonly data: Float32Array},
): Promise<Float32Array> => {
	const model = await loadGraphModel(
		tf.io.fromMemory({
			...json,
			weightSpecs: json.weightsManifest[0].weights,
			weightData: shard.buffer,
		}),
	);
	const [output] = [model.predict(tf.tensor(data, [...shape]))].flat();
	return dataOf(output);
};
