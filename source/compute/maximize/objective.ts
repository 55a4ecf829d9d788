import {seedAdjoint} from '../../autodiff/seed.js';
import {planWalk} from '../../autodiff/walk/walk.js';
import type {Picture} from '../../cam/oracle.js';
import {answersWithSigmoid} from '../../graph/logits/find-logits.js';
import {densify} from '../../ops/adjoint/dense.js';
import {channelCount, positionCount} from '../../ops/adjoint/extent.js';
import {createKernels} from '../../runtimes/kernels.js';
import type {LoadedModel} from '../model/load-model.js';
import type {Network} from '../model/network.js';
import {channelsFirst, inLayout} from '../input/layout.js';
import {logitsOf} from '../oracle/oracle.js';

/** What a picture should excite: a class, or a channel of a layer; the mean over all pixels or cells. */
export type Goal =
	| {readonly kind: 'class'; readonly class: number}
	| {
			readonly kind: 'channel';
			readonly layer: string;
			readonly channel: number;
	  };

/** The network's response to a picture. */
export type Response = {
	/** The goal's logit or activation. */
	readonly score: number;
	/** The probability of the class: its softmax, or its sigmoid where the network ends in one, averaged over the pixels. Undefined for a channel. */
	readonly probability: number | undefined;
};

/** A network with a goal. */
export type Objective = {
	/** The size of the pictures, whose numbers are 0–1. */
	readonly size: Omit<Picture, 'data'>;
	/** `gradient` is the derivative of the score with respect to the picture `[C, H, W]`. */
	readonly evaluate: (
		picture: Float32Array,
	) => Promise<Response & {readonly gradient: () => Promise<Float32Array>}>;
	readonly dispose: () => Promise<void>;
};

/**
Prepares a network for a goal.

@throws {ModelError} If no derivative reaches the input, or the class or channel does not exist.
*/
export const createObjective = async (
	{format, runtime}: LoadedModel,
	{graph, logits}: Network,
	goal: Goal,
): Promise<Objective> => {
	const [input] = graph.inputs;
	const target = goal.kind === 'class' ? logits : graph.values.get(goal.layer)!;
	const space = positionCount(target.shape);
	const seed = seedAdjoint(target.shape, [
		{
			class: goal.kind === 'class' ? goal.class : goal.channel,
			pixels: Array.from({length: space}, (_, position) => ({
				position,
				weight: 1 / space,
			})),
		},
	]);
	const plan = planWalk(graph, target.name, [input.name]);
	const fetches = [...new Set([target.name, ...plan.needs])];
	const session = await runtime.load(graph, fetches);
	const kernels = createKernels(runtime);
	const isSigmoid = answersWithSigmoid(graph);
	const {channels, layout, scale, mean, std, channelOrder} = format;
	const [height, width] =
		layout === 'NCHW' ? input.shape.slice(2) : input.shape.slice(1, 3);
	const area = height * width;
	/** The channel of the RGB picture that an input channel shows. */
	const shownBy = (channel: number) =>
		channelOrder === 'BGR' && channels === 3 ? 2 - channel : channel;
	const prepare = (picture: Float32Array) =>
		picture.map((_, at) => {
			const channel = Math.floor(at / area);
			const pixel = picture[shownBy(channel) * area + (at % area)];
			return (pixel * 255 * scale - mean[channel]) / std[channel];
		});
	const unprepare = (gradient: Float32Array) =>
		gradient.map((_, at) => {
			const channel = shownBy(Math.floor(at / area));
			const slope = (255 * scale) / std[channel];
			return gradient[channel * area + (at % area)] * slope;
		});

	return {
		size: {channels, height, width},
		async evaluate(picture) {
			const feed = inLayout(prepare(picture), channels, layout);
			const values = await session.run(new Map([[input.name, feed]]), fetches);
			const found = values.get(target.name)!;
			return {
				score: logitsOf(seed, found)[0],
				probability:
					goal.kind === 'class'
						? meanProbability(found, goal.class, {
								classes: channelCount(target.shape),
								isSigmoid,
							})
						: undefined,
				async gradient() {
					const gradients = await plan.bind(values, kernels).gradients(seed);
					const {data} = densify(gradients.get(input.name)!);
					return unprepare(channelsFirst(data, channels, layout));
				},
			};
		},
		async dispose() {
			await session.dispose();
			await kernels.dispose();
		},
	};
};

/** The probability of a class from logits `[classes, space]`, averaged over space. */
const meanProbability = (
	logits: Float32Array,
	id: number,
	{classes, isSigmoid}: {classes: number; isSigmoid: boolean},
): number => {
	const space = logits.length / classes;
	const rivals = isSigmoid ? 0 : classes;
	let sum = 0;
	for (let at = 0; at < space; at++) {
		const own = logits[id * space + at];
		// A single logit competes against an implicit 0.
		let others = isSigmoid || classes === 1 ? Math.exp(-own) : 0;
		for (let other = 0; other < rivals; other++) {
			others += other === id ? 0 : Math.exp(logits[other * space + at] - own);
		}

		sum += 1 / (1 + others);
	}

	return sum / space;
};
