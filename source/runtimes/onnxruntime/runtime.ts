import {cpus} from 'node:os';
import process from 'node:process';
import type * as Ort from 'onnxruntime-node';
import type {InferenceSession, OnnxValue} from 'onnxruntime-node';
import {ModelError} from '../../errors.js';
import {encodeOnnx} from '../../formats/onnx/index.js';
import type {Graph, Value} from '../../graph/graph.js';
import {elementCount} from '../../graph/tensor.js';
import {stripControl} from '../../text.js';
import type {Runtime, RuntimeFactory} from '../runtime.js';
import {selfTest} from '../self-test.js';
import {createProducts} from './products.js';

/** Errors only: warnings about unused weights would appear in the middle of the screen. */
const logSeverityLevel = 3;

/** Bytes of a large network, which gives back what its forward pass needed instead of keeping it for the next one: a fifth of DeepLabV3's memory, for 3 % of its time. Small networks would take half as long again. */
const largeNetwork = 2 ** 26;

/** Output numbers as floats; a class map may come as integers. */
const floats = ({data}: OnnxValue): Float32Array =>
	data instanceof Float32Array ? data : Float32Array.from(data, Number);

/** Turns onnxruntime's complaints about a network into a ModelError: they are the model's fault or its own, but not a bug here. */
const refusal = (error: unknown) => {
	const [reason] = String(error instanceof Error ? error.message : error).split(
		'\n',
		1,
	);
	return new ModelError(
		`onnxruntime cannot run the network (${stripControl(reason)}); try --runtime wasm, or export the model again`,
		{cause: error},
	);
};

/** @throws {ModelError} If a result has another shape than the graph says: every later step would read it in the wrong places. */
const checkSize = ({name, shape}: Value, {dims}: OnnxValue): void => {
	if (elementCount(dims) !== elementCount(shape)) {
		throw refusal(
			`"${name}" comes out as [${dims.join(', ')}], not [${shape.join(', ')}]`,
		);
	}
};

/** An optimiser to disable because it changes results: it merges a Pad into the following MaxPool, which then pads with −∞ where zeros were meant. */
const harmfulOptimiser = ({nodes}: Graph): string | undefined => {
	const padded = new Set(
		nodes
			.filter(({opType}) => opType === 'Pad')
			.flatMap(({outputs}) => outputs),
	);
	return nodes.some(
		({opType, inputs}) => opType === 'MaxPool' && padded.has(inputs[0]),
	)
		? 'Pad_Fusion'
		: undefined;
};

const createRuntime = (ort: typeof Ort, threads: number): Runtime => {
	const sessions = new Set<InferenceSession>();

	const create = async (
		bytes: Uint8Array,
		intraOpNumberThreads: number,
		{
			harmful,
			isOneNode = false,
		}: {
			readonly harmful?: string | undefined;
			readonly isOneNode?: boolean;
		} = {},
	) => {
		const session = await ort.InferenceSession.create(bytes, {
			logSeverityLevel,
			intraOpNumThreads: intraOpNumberThreads,
			interOpNumThreads: 1,
			executionMode: 'sequential',
			graphOptimizationLevel: 'all',
			// Of single nodes there are hundreds, and each arena would keep the most that a run ever took.
			enableCpuMemArena: !isOneNode && bytes.length < largeNetwork,
			// Idle threads would spin, and take cores from other workers' sessions.
			extra: {
				session: {intra_op: {allow_spinning: '0'}},
				...(harmful && {
					optimization: {disable_specified_optimizers: harmful},
				}),
			},
		});
		sessions.add(session);
		return session;
	};

	const release = async (session: InferenceSession) => {
		if (sessions.delete(session)) {
			await session.release();
		}
	};

	return {
		name: 'onnxruntime',
		description: `onnxruntime ${ort.env.versions.node} (CPU, ${threads} ${threads === 1 ? 'thread' : 'threads'})`,

		async load(graph, fetches) {
			// A value that is not fetched is no output, so that onnxruntime may fuse its node with neighbours.
			const session = await create(encodeOnnx(graph, fetches), threads, {
				harmful: harmfulOptimiser(graph),
				isOneNode: graph.nodes.length === 1,
			}).catch((error: unknown) => {
				throw refusal(error);
			});
			return {
				async run(feeds, wanted, kept) {
					const inputs = Object.fromEntries(
						graph.inputs.map(({name, shape}) => [
							name,
							new ort.Tensor(
								'float32',
								(feeds.get(name) ?? kept?.get(name))!,
								shape,
							),
						]),
					);
					const results = await session
						.run(inputs, [...wanted])
						.catch((error: unknown) => {
							throw refusal(error);
						});
					for (const name of wanted) {
						checkSize(graph.values.get(name)!, results[name]);
					}

					return new Map(wanted.map((name) => [name, floats(results[name])]));
				},
				dispose: async () => release(session),
			};
		},

		// One thread in most cases: with two, which take time to wake up, Grad-CAM of a large network took a tenth longer.
		prepare: createProducts(
			ort,
			async (bytes, isShared = false) => create(bytes, isShared ? threads : 1),
			release,
		),

		async dispose() {
			await Promise.all([...sessions].map(async (session) => release(session)));
		},
	};
};

/** Onnxruntime-node on the CPU: an optional dependency, the fastest runtime without a GPU. */
export const onnxruntime: RuntimeFactory = {
	name: 'onnxruntime',
	async open({threads = cpus().length}) {
		// Since 1.30 it assigns the device an id and reports to Microsoft unless told otherwise before it is loaded.
		process.env.ORT_DISABLE_TELEMETRY = '1';
		const runtime = createRuntime(await import('onnxruntime-node'), threads);
		await selfTest(runtime);
		return runtime;
	},
};
