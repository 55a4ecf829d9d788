import type * as tf from '@tensorflow/tfjs-core';
import {ModelError} from '../../errors.js';
import type {Graph} from '../../graph/graph.js';
import type {Session} from '../runtime.js';
import {type Constants, createConstants} from './constants.js';
import {disposeAll, Held} from './held.js';
import {countReads, neededSteps, planSteps, type Step} from './plan.js';
import {toTensor} from './to-tensor.js';

/** The values on the device while a network runs, by name. */
type Values = Map<string, Held>;

/** A network on the device, of which only `fetches` will be wanted. @throws {ModelError} If TensorFlow.js lacks an operator. */
export const createSession = (
	engine: typeof tf,
	graph: Graph,
	fetches: readonly string[],
): Pick<Session, 'run'> & {readonly dispose: () => void} => {
	const steps = planSteps(graph, fetches);
	const constants = createConstants(engine, graph);
	for (const step of steps) {
		for (const index of step.view.node.inputs.keys()) {
			constants.of(step, index);
		}
	}

	const keep = keeper(engine, graph);
	return {
		async run(feeds, wanted, kept = new Map()) {
			const keptValues = keep.values(kept);
			const values = upload(engine, graph, feeds);
			try {
				const needed = neededSteps(steps, wanted);
				compute(engine, needed, {
					values,
					kept: keptValues,
					constants,
					reads: countReads(needed, wanted),
				});
				return new Map(
					await Promise.all(
						wanted.map(
							async (name) =>
								[
									name,
									graph.constants.has(name)
										? toFloats(graph.constants.get(name)!.data)
										: await download(
												(values.get(name) ?? keptValues.get(name))!,
											),
								] as const,
						),
					),
				);
			} finally {
				disposeAll(values.values());
			}
		},
		dispose() {
			keep.dispose();
			constants.dispose();
		},
	};
};

/** Uploads the fed inputs of a network. */
const upload = (
	engine: typeof tf,
	{inputs}: Graph,
	feeds: ReadonlyMap<string, Float32Array>,
): Values =>
	new Map(
		inputs.flatMap(({name, type, shape}) => {
			const data = feeds.get(name);
			return data
				? [
						[
							name,
							new Held(engine, toTensor(engine, {type, shape, data}), 'onnx'),
						],
					]
				: [];
		}),
	);

/** Keeps uploads that many runs share, until a run comes with others. */
const keeper = (engine: typeof tf, graph: Graph) => {
	let known: ReadonlyMap<string, Float32Array> | undefined;
	let values: Values = new Map();
	const dispose = () => {
		disposeAll(values.values());
		values = new Map();
		known = undefined;
	};

	return {
		values(kept: ReadonlyMap<string, Float32Array>): Values {
			if (kept !== known) {
				dispose();
				values = upload(engine, graph, kept);
				known = kept;
			}

			return values;
		},
		dispose,
	};
};

type Run = {
	readonly values: Values;
	/** What stays on the device for the next run. */
	readonly kept: ReadonlyMap<string, Held>;
	readonly constants: Constants;
	/** The remaining reads of each value. */
	readonly reads: Map<string, number>;
};

/** Runs the steps in order, and frees each value after its last read. */
const compute = (engine: typeof tf, steps: readonly Step[], run: Run): void => {
	const {values, reads} = run;
	for (const step of steps) {
		engine.tidy(() => {
			apply(engine, step, run);
		});
		const {inputs, outputs} = step.view.node;
		for (const name of inputs) {
			reads.set(name, reads.get(name)! - 1);
		}

		for (const name of [...inputs, ...outputs]) {
			if (!reads.get(name)) {
				values.get(name)?.dispose();
				values.delete(name);
			}
		}
	}
};

const apply = (engine: typeof tf, step: Step, run: Run): void => {
	const {view, lowering} = step;
	const inputs = view.node.inputs.map((_, index) =>
		inputOf(engine, step, index, run),
	);
	const results = [lowering.apply(engine, view, inputs)].flat();
	for (const [index, name] of view.node.outputs.entries()) {
		const tensor: tf.Tensor | undefined = results[index];
		if (!tensor) {
			if (run.reads.get(name)) {
				throw new ModelError(
					`Node ${view.node.name}: TensorFlow.js does not compute output ${index} of ${view.node.opType} (${name}); use --runtime onnxruntime`,
				);
			}

			continue;
		}

		// An operator without work may return its input, which is owned already.
		const own = inputs.includes(tensor) ? engine.clone(tensor) : tensor;
		run.values.set(name, new Held(engine, own, lowering.layout ?? 'native'));
	}
};

const inputOf = (
	engine: typeof tf,
	step: Step,
	index: number,
	{values, kept, constants}: Run,
): tf.Tensor | undefined => {
	const {view, lowering} = step;
	const layout = lowering.layout ?? 'native';
	const rearrange = lowering.weights?.[index];
	const constant = constants.of(step, index);
	if (constant) {
		return constant.as(rearrange ? 'native' : layout);
	}

	const name = view.node.inputs[index];
	const held = values.get(name) ?? kept.get(name);
	return held && rearrange
		? rearrange(engine, held.as('onnx'), view)
		: held?.as(layout);
};

const download = async (held: Held): Promise<Float32Array> =>
	toFloats(await held.as('onnx').data());

const toFloats = (elements: ArrayLike<number> | BigInt64Array): Float32Array =>
	elements instanceof Float32Array
		? elements
		: Float32Array.from<bigint | number>(elements, Number);
