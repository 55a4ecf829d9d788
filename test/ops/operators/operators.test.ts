import fc from 'fast-check';
import {afterAll, describe, expect, it} from 'vitest';
import {elementCount, type Tensor} from '../../../source/graph/tensor.js';
import {linearize} from '../../../source/autodiff/linear/linearize.js';
import {transpose} from '../../../source/autodiff/linear/transpose.js';
import {sumPools} from '../../../source/autodiff/walk/pool.js';
import type {Adjoint} from '../../../source/ops/adjoint/adjoint.js';
import {densify} from '../../../source/ops/adjoint/dense.js';
import {
	channelCount,
	hasChannels,
	positionCount,
} from '../../../source/ops/adjoint/extent.js';
import type {AdjointRule} from '../../../source/ops/rules/adjoint.js';
import {
	findOperator,
	operatorNames,
} from '../../../source/ops/find-operator.js';
import {onnxruntime} from '../../../source/runtimes/onnxruntime/runtime.js';
import type {Runtime} from '../../../source/runtimes/runtime.js';
import {randomNumbers} from '../../graph/build.js';
import {openTfjs} from '../../runtimes/installed.js';
import {
	contextOf,
	contract,
	differentiate,
	project,
	randomAdjoints,
	randomSparse,
} from './derivatives.js';
import {elementwiseCases} from './elementwise-cases.js';
import {mixingCases} from './mixing-cases.js';
import {movementCases} from './movement-cases.js';
import {type Network, networkOf} from './operator-case.js';
import {windowCases} from './window-cases.js';

const cases = {
	...elementwiseCases,
	...mixingCases,
	...movementCases,
	...windowCases,
};

// A fixed seed: a test that fails now and then is one that nobody believes.
const parameters = {numRuns: 20, seed: 3};

const tensorflows = await openTfjs();
const native: Runtime | undefined = await onnxruntime
	.open({threads: 1})
	.catch(() => undefined);

afterAll(async () => {
	await Promise.all(tensorflows.map(async (runtime) => runtime.dispose()));
	await native?.dispose();
});

/** Says why a comparison is skipped. */
const orWhy = native ? '' : ' (skipped: onnxruntime-node is not installed)';

/** Operators of which some network was turned around. */
const turnedAround = new Set<string>();

const run = async (
	runtime: Runtime,
	{graph, feeds}: Pick<Network, 'graph' | 'feeds'>,
) => {
	const session = await runtime.load(graph, graph.outputs);
	try {
		return await session.run(feeds, graph.outputs);
	} finally {
		await session.dispose();
	}
};

type Numbers = readonly number[] | Float32Array;

/** Compares as far as float32 goes: relative to the largest element. */
const expectClose = (actual: Numbers, wanted: Numbers, tolerance: number) => {
	expect(actual.length).toBe(wanted.length);
	const largest = Math.max(
		1,
		...Array.from(wanted, (value) => Math.abs(value)),
	);
	for (let index = 0; index < wanted.length; index++) {
		if (!(Math.abs(actual[index] - wanted[index]) <= tolerance * largest)) {
			expect.soft([...actual], `element ${index}`).toEqual([...wanted]);
			throw new Error(
				`element ${index} is ${actual[index]}, not ${wanted[index]}`,
			);
		}
	}
};

const check = async (
	name: string,
	property: (network: Network, seed: number) => Promise<void>,
) =>
	fc.assert(
		fc.asyncProperty(cases[name], async (operatorCase) => {
			await property(networkOf(operatorCase), operatorCase.seed);
		}),
		parameters,
	);

type Register = (title: string, test: () => Promise<void>) => void;

/** Registers a test of one part of an operator, where there is such a part. */
const testOf = (part: unknown, register: Register = it): Register =>
	part ? register : () => undefined;

const ruleOf = (name: string): AdjointRule => findOperator(name)!.adjoint!;

it('knows how to make cases of every operator', () => {
	expect(operatorNames.filter((name) => !Object.hasOwn(cases, name))).toEqual(
		[],
	);
});

const knownNames = operatorNames.filter((name) => Object.hasOwn(cases, name));

describe.each(
	tensorflows.flatMap((tensorflow) =>
		knownNames.map((name) => ({name, tensorflow, backend: tensorflow.name})),
	),
)('$name on $backend', ({name, tensorflow}) => {
	const operator = findOperator(name)!;

	testOf(operator.lower)(
		'has the shape that its rule says, in TensorFlow.js',
		async () => {
			await check(name, async (network) => {
				const results = await run(tensorflow, network);
				for (const {name: output, shape} of network.view.outputs) {
					expect(results.get(output)!.length).toBe(elementCount(shape));
				}
			});
		},
	);

	testOf(operator.lower, it.skipIf(!native))(
		`is the same in onnxruntime and in TensorFlow.js${orWhy}`,
		async () => {
			await check(name, async (network) => {
				const wanted = await run(native!, network);
				const results = await run(tensorflow, network);
				for (const output of network.graph.outputs) {
					expectClose(results.get(output)!, wanted.get(output)!, 1e-5);
				}
			});
		},
	);

	testOf(operator.evaluate, it.skipIf(!native))(
		`is folded into what onnxruntime computes${orWhy}`,
		async () => {
			await check(name, async (network) => {
				const wanted = await run(native!, network);
				const folded: readonly Tensor[] = operator.evaluate!(
					network.view,
					network.tensors,
				);
				for (const [
					index,
					{name: output, shape},
				] of network.view.outputs.entries()) {
					expect(folded[index].shape).toEqual(shape);
					expectClose(
						Array.from<bigint | number, number>(folded[index].data, Number),
						wanted.get(output)!,
						1e-5,
					);
				}
			});
		},
	);

	testOf(operator.adjoint)(
		'has the derivative that central differences measure',
		async () => {
			await check(name, async (network, seed) => {
				const {graph, view, free, feeds} = network;
				const session = await tensorflow.load(graph, graph.outputs);
				const values = await session.run(feeds, graph.outputs);
				const adjoints = randomAdjoints(network, seed);
				const passed = await ruleOf(name).dense(
					contextOf(network, values, tensorflow),
					adjoints,
				);
				for (const index of free) {
					const {name: input, shape} = view.inputs[index]!;
					const next = randomNumbers(seed + index + 7);
					const direction = Float32Array.from(
						{length: elementCount(shape)},
						next,
					);
					expect(passed[index]!.shape).toEqual(shape);
					// eslint-disable-next-line no-await-in-loop -- they share one session
					const measured = await differentiate(network, session, adjoints, {
						name: input,
						direction,
					});
					expectClose(project(passed[index]!, direction), measured, 1e-3);
				}

				await session.dispose();
			});
		},
	);

	testOf(operator.tangent)(
		'changes along a direction as far as its adjoint says',
		async () => {
			await check(name, async (network, seed) => {
				const {graph, view, free, feeds} = network;
				const values = await run(tensorflow, network);
				const context = contextOf(network, values, tensorflow);
				const [{name: output}] = view.outputs;
				const [adjoint] = randomAdjoints(network, seed);
				const passed = await ruleOf(name).dense(context, [adjoint]);
				for (const index of free) {
					const {name: input, shape} = view.inputs[index]!;
					const linearized = linearize(graph, input, output);
					if (!linearized) {
						continue;
					}

					const direction = Float32Array.from(
						{length: elementCount(shape)},
						randomNumbers(seed + index + 7),
					);
					// eslint-disable-next-line no-await-in-loop -- one after the other
					const held = await linearized.hold(
						new Map([...feeds, ...values]),
						context.kernels,
					);
					// eslint-disable-next-line no-await-in-loop
					const results = await run(tensorflow, {
						graph: linearized.graph,
						feeds: new Map([...held, [linearized.change, direction]]),
					});
					const [answer] = linearized.graph.outputs;
					expectClose(
						contract([adjoint], results, [answer]),
						project(passed[index]!, direction),
						1e-5,
					);
				}
			});
		},
	);

	testOf(operator.tangent)(
		'comes back through its linear network turned around as its adjoint says',
		async () => {
			await check(name, async (network, seed) => {
				const {graph, view, free, feeds} = network;
				const values = await run(tensorflow, network);
				const context = contextOf(network, values, tensorflow);
				const [{name: output}] = view.outputs;
				const [adjoint] = randomAdjoints(network, seed);
				const passed = await ruleOf(name).dense(context, [adjoint]);
				for (const index of free) {
					const linear = linearize(graph, view.inputs[index]!.name, output);
					const [answer] = linear?.graph.outputs ?? [];
					const turned =
						linear && transpose(linear.graph, [answer], [linear.change]);
					if (!turned) {
						continue;
					}

					turnedAround.add(name);
					const came = turned.answers.get(linear.change)!;
					/* eslint-disable no-await-in-loop -- one after the other */
					const runNetwork = await context.kernels.network(
						`${name} ${index}`,
						() => turned.graph,
					);
					const kept = await linear.hold(
						new Map([...feeds, ...values]),
						context.kernels,
					);
					const fed = new Map([[turned.fed.get(answer)!, adjoint.data]]);
					const results = await runNetwork({count: adjoint.seeds, fed, kept}, [
						came,
					]);
					/* eslint-enable no-await-in-loop */
					expectClose(results.get(came)!, densify(passed[index]!).data, 1e-5);
				}
			});
		},
	);

	testOf(operator.adjoint?.sparse)(
		'passes a sparse adjoint as it passes a dense one',
		async () => {
			await check(name, async (network, seed) => {
				if (!network.view.outputs.every(({shape}) => hasChannels(shape))) {
					return;
				}

				const context = contextOf(
					network,
					await run(tensorflow, network),
					tensorflow,
				);
				const adjoints = network.view.outputs.map(({shape}, index) =>
					randomSparse(shape, seed + index),
				);
				const passed = await ruleOf(name).sparse!(context, adjoints);
				const wanted = await ruleOf(name).dense(
					context,
					adjoints.map((adjoint) => densify(adjoint)),
				);
				for (const index of passed ? network.free : []) {
					expectClose(
						densify(passed![index]!).data,
						densify(wanted[index]!).data,
						1e-5,
					);
				}
			});
		},
	);

	testOf(operator.adjoint?.pooled)(
		'sums an adjoint over space as it would sum the dense one',
		async () => {
			await check(name, async (network, seed) => {
				const [{shape}] = network.view.outputs;
				const [index] = network.free;
				if (!hasChannels(shape)) {
					return;
				}

				const context = contextOf(
					network,
					await run(tensorflow, network),
					tensorflow,
				);
				const adjoint = randomSparse(shape, seed);
				const parts = ruleOf(name).pooled!(context, adjoint, index);
				if (!parts) {
					return;
				}

				const width = channelCount(network.view.inputs[index]!.shape);
				const sums = await sumPools({
					seeds: adjoint.seeds,
					channels: width,
					parts,
				});
				const dense = await ruleOf(name).dense(context, [densify(adjoint)]);
				expectClose(sums, sumOverSpace(dense[index]!), 1e-5);
			});
		},
	);
});

it('turns every operator around that linear networks are made of', () => {
	expect(
		operatorNames.filter(
			(name) => findOperator(name)!.cotangent && !turnedAround.has(name),
		),
	).toEqual([]);
});

const sumOverSpace = (adjoint: Adjoint): Float32Array => {
	const {data, shape} = densify(adjoint);
	const space = positionCount(shape);
	const sums = new Float32Array(data.length / space);
	for (const [index, value] of data.entries()) {
		sums[Math.trunc(index / space)] += value;
	}

	return sums;
};
