import {findMethod, methodNames} from '../../cam/find-method.js';
import {UsageError} from '../../errors.js';
import {choose} from '../../text.js';
import type {ExplainOptions} from '../explain.js';
import type {Network} from '../model/network.js';
import {findConvolution, findLayer} from './find-layer.js';

/** A requested map. */
export type RequestedMap = {
	/** What the map covers: a layer, or the network's input for methods that weigh the input. */
	readonly layer: string;
	readonly method: string;
	readonly isInput: boolean;
};

/** The requested layers, by name. @throws {UsageError} If one does not exist. */
export const findLayers = (
	network: Network,
	{layers = [], convolutionsFromEnd = []}: ExplainOptions,
): readonly string[] => {
	const names = new Set([
		...layers.map((name) => findLayer(network, name)),
		...convolutionsFromEnd.map((index) => findConvolution(network, index)),
	]);
	return names.size > 0
		? [...names]
		: [findLayer(network, network.defaultLayer)];
};

/** The requested methods, by name. @throws {UsageError} If one does not exist. */
export const findMethods = ({
	methods = [],
}: ExplainOptions): readonly string[] =>
	[...new Set(methods.length > 0 ? methods : ['grad-cam'])].map((name) =>
		choose('method', name, methodNames),
	);

const readsLayer = (name: string): boolean => {
	const method = findMethod(name)!;
	return method.kind !== 'input' || method.readsLayer === true;
};

/**
The requested maps of a class: each layer by each method, but the input only once by each.

@throws {UsageError} If a layer or a method does not exist, or layers are named that no method reads.
*/
export const findRequestedMaps = (
	network: Network,
	options: ExplainOptions,
): readonly RequestedMap[] => {
	const methods = findMethods(options);
	const layers = findLayers(network, options);
	const {layers: named = [], convolutionsFromEnd = []} = options;
	if (
		named.length + convolutionsFromEnd.length > 0 &&
		!methods.some((method) => readsLayer(method))
	) {
		throw new UsageError(
			`The layer ${layers[0]} means nothing to ${methods.join(', ')}, which weigh${methods.length === 1 ? 's' : ''} the input; leave it out, or choose guided-grad-cam`,
		);
	}

	const input = network.graph.inputs[0].name;
	const ofLayers = methods.filter((method) => readsLayer(method));
	return [
		...methods
			.filter((method) => !readsLayer(method))
			.map((method) => ({layer: input, method, isInput: true})),
		...layers.flatMap((layer) =>
			ofLayers.map((method) => ({layer, method, isInput: false})),
		),
	];
};
