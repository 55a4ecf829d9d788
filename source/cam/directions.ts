import type {Activations} from './activations.js';

/**
How a linear method reads a gradient: through a fixed list of inner products, each with one change of the layer.

Such a product is the derivative of the logit along that change. Pushing the change through the linearised network therefore gives it without a gradient, for all pixels and classes at once.
*/
export type Directions = {
	/** The number of directions for a layer of some size. */
	readonly count: (size: Pick<Activations, 'channels' | 'space'>) => number;
	/** `[channels, space]`: one direction. */
	readonly change: (activations: Activations, index: number) => Float32Array;
	/** `[m, count] → [m, space]`: maps before their ReLU, from the derivatives of m logits. */
	readonly combine: (
		derivatives: Float32Array,
		activations: Activations,
	) => Promise<Float32Array>;
};

/**
The directions of a method that has one weight for each channel.

The weight is the derivative along the channel, and the map combines the channels. Where a layer has fewer cells than channels, as at the end of an encoder, it is cheaper to ask for the value of each map cell: the derivative along all channels, each as strong as in that cell.

@param shares `[space]`: how much the gradient at each cell counts in a channel's weight.
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

/** The directions of a method whose map is each cell's own contribution: the derivative along what the cell holds. */
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
