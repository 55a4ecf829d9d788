import {linearize} from '../../autodiff/linear/linearize.js';
import {findGradientMethod} from '../../cam/find-method.js';
import {channelCount, positionCount} from '../../ops/adjoint/extent.js';
import {walksAreDense} from '../directions/dense-walks.js';
import {noClass, type Plan} from './plan.js';
import {isMixed} from './seeds/seed-grid.js';
import {maxSums} from './seeds/share-sums.js';

/** How many output pixels a direction covers in the time of one walk: two thousand for wide decoders, a hundred times as many where attention makes walks dense. */
const pixelsPerWalk = 4096;

/** Pixels times directions that take a second or two, below which no comparison with walks is needed. */
const fewPixels = 2 ** 23;

/**
Whether forward mode, along the method's directions, is faster than a walk for each pixel.

A change of a channel passes the network once for all pixels. Where the head has as many pixels as the image and the layer some hundred channels, that is tens to thousands of times as fast. Where pixels are mixed from fewer, walks are few and short, unless each of them goes through the whole network.
*/
export const takesDirections = ({
	graph,
	layer,
	method,
	seeds,
	classes,
}: Pick<Plan, 'graph' | 'layer' | 'method' | 'seeds' | 'classes'>): boolean => {
	const {directions} = findGradientMethod(method)!;
	if (!directions) {
		return false;
	}

	const pixels = seeds.width * seeds.height;
	const asked = classes.reduce((sum, id) => sum + Number(id !== noClass), 0);
	const walks = Math.min(asked, pixels);
	const {shape} = graph.values.get(layer)!;
	const count = directions.count({
		channels: channelCount(shape),
		space: positionCount(shape),
	});
	const rounds = Math.ceil((count * asked) / maxSums);
	const isWorthIt = isMixed(seeds)
		? rounds * count <= walks && walksAreDense(graph, seeds.value, layer)
		: rounds * count * pixels <= Math.max(walks * pixelsPerWalk, fewPixels);
	return isWorthIt && linearize(graph, layer, seeds.value) !== undefined;
};
