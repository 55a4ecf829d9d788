import type {Goal} from '../../compute/maximize/objective.js';
import type {LoadedModel} from '../../compute/model/load-model.js';
import type {Network} from '../../compute/model/network.js';
import {UsageError} from '../../errors.js';

/** The class or channel named on the command line. */
type Wish = {
	readonly class: string | undefined;
	readonly layer: string | undefined;
	readonly channel: number | undefined;
};

/** @throws {UsageError} If it names neither a class nor a channel of a layer, or both. */
export const checkWish = ({class: name, layer, channel}: Wish) => {
	const isChannel = layer !== undefined || channel !== undefined;
	if ((name === undefined) === !isChannel) {
		throw new UsageError(
			name === undefined
				? 'No class or channel is named; add --class, or --layer with --channel'
				: 'Both a class and a channel are named; use either --class, or --layer with --channel',
		);
	}

	if (isChannel && (layer === undefined || channel === undefined)) {
		throw new UsageError(
			layer === undefined
				? `--channel ${channel} belongs to no layer; name one with --layer`
				: `No channel of the layer "${layer}" is named; choose one with --channel`,
		);
	}
};

/** Finds the class or channel in the network. @throws {UsageError} If it has no such class, layer or channel. */
export const findGoal = async (
	model: LoadedModel,
	network: Network,
	wish: Wish,
): Promise<Goal> => {
	if (wish.class !== undefined) {
		const {findClass} = await import('../../compute/question/find-class.js');
		const count = network.logits.shape[1];
		return {
			kind: 'class',
			class: findClass(wish.class, count, model.labels),
		};
	}

	const {findLayer} = await import('../../compute/question/find-layer.js');
	const layer = findLayer(network, wish.layer!);
	const channels = network.graph.values.get(layer)!.shape[1];
	if (wish.channel! >= channels) {
		throw new UsageError(
			`The layer "${layer}" has no channel ${wish.channel}; use 0 to ${channels - 1}`,
		);
	}

	return {kind: 'channel', layer, channel: wish.channel!};
};

/** The goal, as text and for scripts. */
export const describeGoal = (goal: Goal, {labels}: LoadedModel) => {
	if (goal.kind === 'channel') {
		const {layer, channel} = goal;
		return {layer, channel, label: `channel ${channel} of ${layer}`};
	}

	const name = labels?.[goal.class] ?? null;
	return {
		class: goal.class,
		name,
		label: `class ${goal.class}${name === null ? '' : ` (${name})`}`,
	};
};
