import {linearize} from '../../autodiff/linear/linearize.js';
import {readActivations} from '../../cam/activations.js';
import {findGradientMethod} from '../../cam/find-method.js';
import {positionCount} from '../../ops/adjoint/extent.js';
import {createKernels} from '../../runtimes/kernels.js';
import type {Runtime} from '../../runtimes/runtime.js';
import type {DirectionsPlan, SumJob} from './plan.js';

/** Creates the function that takes directions until none is left, pushes each through the network, and records the derivative of every seed's logit. */
export const createSums = (
	{graph, layer, logits, values}: DirectionsPlan,
	runtime: Runtime,
): ((job: SumJob) => Promise<void>) => {
	const network = linearize(graph, layer, logits)!;
	const [answer] = network.graph.outputs;
	const kernels = createKernels(runtime);
	const activations = readActivations(
		graph.values.get(layer)!,
		values.get(layer)!,
		kernels,
	);
	const pixels = positionCount(graph.values.get(logits)!.shape);

	const open = async () => ({
		kept: await network.hold(values, kernels),
		session: await runtime.load(network.graph, [answer]),
	});

	let opened: ReturnType<typeof open> | undefined;
	return async ({method, parts, next}) => {
		const directions = findGradientMethod(method)!.directions!;
		const count = directions.count(activations);
		opened ??= open();
		const {session, kept} = await opened;
		for (;;) {
			const direction = Atomics.add(next, 0, 1);
			if (direction >= count) {
				return;
			}

			const change = directions.change(activations, direction);
			// eslint-disable-next-line no-await-in-loop -- One after the other: each uses the whole thread.
			const results = await session.run(
				new Map([[network.change, change]]),
				[answer],
				kept,
			);
			const changes = results.get(answer)!;
			for (const {positions, ids, sums} of parts) {
				const begin = direction * positions.length;
				for (const [at, position] of positions.entries()) {
					sums[begin + at] = changes[ids[at] * pixels + position];
				}
			}
		}
	};
};
