import type {Activations} from './activations.js';

/**
How a linear method reads a gradient: as a list of its inner products, each with a change of the layer.

Such a product is the derivative of the logit along that change, so it can also be had without a gradient, by sending the change through the linearised network, which answers for all pixels and classes at once.
*/
export type Directions = {
	/** How many there are for a layer of some size. */
	readonly count: (size: Pick<Activations, 'channels' | 'space'>) => number;
	/** `[channels, space]`: one of them. */
	readonly change: (activations: Activations, index: number) => Float32Array;
	/** `[m, count] → [m, space]`: maps before their ReLU, from the derivatives of m logits. */
	readonly combine: (
		derivatives: Float32Array,
		activations: Activations,
	) => Promise<Float32Array>;
};

/**
The directions of a method that has a weight for each channel.

The weight is the derivative along the channel, and the map combines the channels. Where a layer has fewer cells than channels, as at the end of an encoder, the value of each cell is asked for instead: the derivative along what it sums, all channels, each as strong as in that cell.

@param shares - `[space]`: what the gradient at each cell counts in the weight of a channel.
*/
export const channelDirections = (
	shares: (activations: Activations, channel: number) => Float32Array,
): Directions => ({
	count: ({channels, space}) => Math.min(channels, space),
	change(activations, index) {
		const {channels, space, data} = activations;
		const change = new Float32Array(channels * space);
		if (channels <= space) {
			change.set(shares(activations, index), index * space);
			return change;
		}

		for (let channel = 0; channel < channels; channel++) {
			const start = channel * space;
			const weight = data[start + index];
			change.set(
				shares(activations, channel).map((share) => weight * share),
				start,
			);
		}

		return change;
	},
	combine: async (derivatives, activations) =>
		activations.channels <= activations.space
			? activations.combine(derivatives)
			: derivatives,
});

/** The directions of a method whose map is what each cell adds: the derivative along what the cell holds. */
export const cellDirections: Directions = {
	count: ({space}) => space,
	change({channels, space, data}, index) {
		const change = new Float32Array(channels * space);
		for (let at = index; at < change.length; at += space) {
			change[at] = data[at];
		}

		return change;
	},
	combine: async (derivatives) => derivatives,
};
