import {packageFile} from '../../../source/package-file.js';
import {
	createExplainer,
	type ExplainerOptions,
} from '../../../source/compute/explainer.js';
import {prepareInput} from '../../../source/compute/input/input.js';
import type {LoadedModel} from '../../../source/compute/model/load-model.js';
import type {Runtime} from '../../../source/runtimes/runtime.js';
import {noise} from '../engine/measure.js';
import type {BenchNetwork} from '../engine/networks.js';
import {jumpAbout, targetOf} from '../engine/pixels.js';

/** Pixels that are asked about together. */
export const together = 8;

const createSubject = async (
	network: Omit<ExplainerOptions, 'layers'> & {readonly layer: string},
	tensor: Float32Array,
) => {
	const {graph, layer} = network;
	const explainer = await createExplainer({...network, layers: [layer]});
	const feeds = new Map([[graph.inputs[0].name, tensor]]);
	const forward = async () => explainer.forward(feeds);
	const image = await forward();
	const {shape} = explainer.logits;
	const jump = jumpAbout(shape);
	const method = 'grad-cam';
	return {
		forward,
		explain: async (turn: number, of = image) =>
			of.explain({target: targetOf(jump(turn), shape), layer, method}),
		explainTogether: async (turn: number) =>
			image.explainAll({
				targets: Array.from({length: together}, (_, index) =>
					targetOf(jump(turn * together + index), shape),
				),
				layer,
				method,
			}),
		dispose: explainer.dispose,
	};
};

/** A network on a runtime and a picture, and what is done with them: the forward pass, Grad-CAM of a pixel, and of several at once. */
export type Subject = Awaited<ReturnType<typeof createSubject>>;

/** A large network, which looks at noise. */
export const openLarge = async (
	network: BenchNetwork,
	runtime: Runtime,
): Promise<Subject> =>
	createSubject({...network, runtime}, noise(network.graph.inputs[0].shape));

/** The embedded network, which looks at its street. */
export const openStreet = async (model: LoadedModel): Promise<Subject> => {
	const picture = packageFile('fixtures/demo/street.png');
	const {size, tensor} = await prepareInput(picture, model);
	const {graph, logits, defaultLayer: layer} = model.network(size);
	return createSubject(
		{graph, logits: logits.name, layer, runtime: model.runtime},
		tensor,
	);
};
