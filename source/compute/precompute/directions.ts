import {linearize} from '../../autodiff/linearize.js';
import {findGradientMethod} from '../../cam/table.js';
import {channelCount, positionCount} from '../../ops/adjoint/extent.js';
import {createKernels} from '../../runtimes/kernels.js';
import type {Runtime} from '../../runtimes/runtime.js';
import {noClass, type Plan, type SummedBands} from './plan.js';
import {isMixed} from './seed-grid.js';

/** For how many pixels of the output a direction is computed in the time that one of them is walked from: two thousand for wide decoders, a hundred times as many where attention makes walks dense. */
const pixelsPerWalk = 4096;

/** Pixels of all directions together that take a second or two, so that nobody asks whether walks would take less. */
const fewPixels = 2 ** 23;

/**
Whether the gradients of all pixels are summed over space direction by direction, instead of walking from pixel to pixel.

Grad-CAM reads nothing of a gradient but its sum for each channel, and that is how the logit changes when the whole channel does. A change of a channel passes the network once for all pixels, so where heads have as many pixels as the image, and layers some hundred channels, that is tens to thousands of times as fast.
*/
export const takesDirections = ({
	graph,
	layer,
	method,
	seeds,
	classes,
}: Pick<Plan, 'graph' | 'layer' | 'method' | 'seeds' | 'classes'>): boolean => {
	const pixels = seeds.width * seeds.height;
	const asked = classes.reduce((sum, id) => sum + Number(id !== noClass), 0);
	const walks = Math.min(asked, pixels);
	const directions = channelCount(graph.values.get(layer)!.shape);
	return (
		findGradientMethod(method)!.kind === 'pooled weights' &&
		!isMixed(seeds) &&
		directions * pixels <= Math.max(walks * pixelsPerWalk, fewPixels) &&
		linearize(graph, layer, seeds.value) !== undefined
	);
};

/** Makes the function that sums the gradients of seeds, one channel of the layer after the other until none is left. */
export const createDirections = (
	{graph, layer, values, seeds}: Plan,
	runtime: Runtime,
): ((work: SummedBands) => Promise<void>) => {
	const network = linearize(graph, layer, seeds.value)!;
	const [answer] = network.graph.outputs;
	const {shape} = graph.values.get(layer)!;
	const [channels, space] = [channelCount(shape), positionCount(shape)];
	const pixels = seeds.width * seeds.height;

	const open = async () => {
		const held = await network.hold(values, createKernels(runtime));
		return {
			session: await runtime.load(network.graph, [answer]),
			// Runtimes take no shared memory.
			feeds: [...held].map(
				([name, data]) => [name, new Float32Array(data)] as const,
			),
		};
	};

	let opened: ReturnType<typeof open> | undefined;
	return async ({bands, next}) => {
		opened ??= open();
		const {session, feeds} = await opened;
		for (;;) {
			const channel = Atomics.add(next, 0, 1);
			if (channel >= channels) {
				return;
			}

			const change = new Float32Array(channels * space);
			change.fill(1, channel * space, (channel + 1) * space);
			// eslint-disable-next-line no-await-in-loop -- One after the other: each uses the whole thread.
			const results = await session.run(
				new Map([...feeds, [network.change, change]]),
				[answer],
			);
			const changes = results.get(answer)!;
			for (const {positions, ids, sums} of bands) {
				const begin = channel * positions.length;
				for (const [at, position] of positions.entries()) {
					sums[begin + at] = changes[ids[at] * pixels + position];
				}
			}
		}
	};
};
