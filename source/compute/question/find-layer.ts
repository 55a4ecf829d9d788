import {findPath} from '../../autodiff/path.js';
import {UsageError} from '../../errors.js';
import {tokenPicture} from '../../graph/pictures/picture-tokens.js';
import {choose} from '../../text.js';
import type {Network} from '../model/network.js';

/** What stands between the parts of a name. */
const separators: ReadonlySet<string | undefined> = new Set(['/', '.']);

/** Whether a name ends with these parts, whole ones. */
const endsWith = (name: string, parts: string): boolean =>
	name.endsWith(parts) &&
	(separators.has(parts[0]) || separators.has(name.at(-parts.length - 1)));

/** The layers whose names, or whose nodes' names, end with a word. */
const findByEnd = (
	{graph, layers}: Pick<Network, 'graph' | 'layers'>,
	word: string,
): readonly string[] => {
	const writers = new Map(
		graph.nodes.flatMap(({name, outputs}) =>
			outputs.map((output) => [output, name]),
		),
	);
	return layers
		.map(({name}) => name)
		.filter((name) => {
			const value = name.replace(tokenPicture, '');
			return [name, value, writers.get(value) ?? ''].some((each) =>
				endsWith(each, word),
			);
		});
};

/** How many layers an error lists. */
const mostListed = 5;

/** The name of a layer, by its own, its node's, or the end of either. @throws {UsageError} If there is none, or several end that way. */
export const findLayer = (
	{graph, layers, logits}: Pick<Network, 'graph' | 'layers' | 'logits'>,
	word: string,
): string => {
	const names = layers.map(({name}) => name);
	const written = graph.nodes.find(({name}) => name === word)?.outputs ?? [];
	const meant = [word, ...written]
		.flatMap((name) => [name, `${name}${tokenPicture}`])
		.find((name) => names.includes(name));
	if (meant !== undefined) {
		return meant;
	}

	const value = graph.values.get(word);
	if (value && !names.includes(word)) {
		// Names the operator that blocks the way, if one does.
		findPath(graph, logits.name, [word]);
		throw new UsageError(
			`The value "${word}" of shape [${value.shape.join(', ')}] is not a layer that can be explained; the command "layers" lists those that can`,
		);
	}

	const found = findByEnd({graph, layers}, word);
	if (found.length > 1) {
		const listed = found.slice(0, mostListed).join(', ');
		throw new UsageError(
			`The names of ${found.length} layers end with "${word}" (${listed}${found.length > mostListed ? ' …' : ''}); write more of the name`,
		);
	}

	return (
		found[0] ?? choose('layer', word, names, 'the command "layers" lists them')
	);
};

const convolutions = new Set(['Conv', 'ConvTranspose']);

/**
The output of a convolution, counted from the end of the network, where 1 is the last.

@throws {UsageError} If there are fewer, or no derivative reaches it.
*/
export const findConvolution = (network: Network, fromEnd: number): string => {
	const all = network.graph.nodes.filter(({opType}) =>
		convolutions.has(opType),
	);
	const node = all.at(-fromEnd);
	if (fromEnd < 1 || !node) {
		throw new UsageError(
			`The network has ${all.length} convolutions, so there is none that is number ${fromEnd} from the end; use 1 to ${all.length}`,
		);
	}

	const [output] = node.outputs;
	if (output === network.logits.name) {
		throw new UsageError(
			`Convolution ${fromEnd} from the end is the network's answer "${output}" itself, which is what is explained; use 2 to ${all.length}`,
		);
	}

	return findLayer(network, output);
};
