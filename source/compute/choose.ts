import {findPath} from '../autodiff/path.js';
import {UsageError} from '../errors.js';
import {tokenPicture} from '../graph/picture-tokens.js';
import {choose} from '../text.js';
import type {Network} from './load-model.js';

/** The name of the layer that was meant: a value's, or a node's. @throws {UsageError} When there is none. */
export const findLayer = (
	{graph, layers, logits}: Network,
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
		// Where an operator on the way blocks, this names it.
		findPath(graph, logits.name, [word]);
		throw new UsageError(
			`The value "${word}" of shape [${value.shape.join(', ')}] is no layer that can be explained; the command "layers" lists those that can`,
		);
	}

	return choose('layer', word, names, 'the command "layers" lists them');
};

const convolutions = new Set(['Conv', 'ConvTranspose']);

/**
The output of a convolution, counted back from the network's last one, which is 1.

@throws {UsageError} When there are fewer, or no derivative reaches it.
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

const isCount = (text: string) => /^\d+$/v.test(text);

/** The id of the class that was meant. @throws {UsageError} When there is none, or several have the name. */
export const findClass = (
	wanted: number | string,
	count: number,
	labels: readonly string[] | undefined,
): number => {
	const text = String(wanted);
	const known = labels?.slice(0, count) ?? [];
	const named = [...known.keys()].filter(
		(id) => known[id].toLowerCase() === text.toLowerCase(),
	);
	if (named.length > 1) {
		throw new UsageError(
			`The name "${text}" belongs to ${named.length} classes; give the id of one: ${named.join(', ')}`,
		);
	}

	if (named.length === 1) {
		return named[0];
	}

	if (!isCount(text)) {
		if (!labels) {
			throw new UsageError(
				`There is no class "${text}", since the classes have no names; give an id from 0 to ${count - 1}, or names with --labels`,
			);
		}

		choose(
			'class',
			text,
			known,
			`use an id from 0 to ${count - 1} or one of ${known.slice(0, 30).join(', ')}`,
		);
	}

	const id = Number(text);
	if (id >= count) {
		throw new UsageError(
			`Class ${text} is outside the ${count} classes of the model; use 0 to ${count - 1}`,
		);
	}

	return id;
};
