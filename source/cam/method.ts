import type {Adjoint} from '../ops/adjoint/adjoint.js';
import type {Activations, ChannelWeights} from './activations.js';

/**
A class activation mapping: how gradients and activations of a layer become a heatmap.

Every method ends with a ReLU, since only what speaks for the target is shown; it is left to the caller, so that maps may be mixed before it. `G` is the gradient of one target's logit, `A` the activations; k runs over channels.
*/
export type CamMethod = {
	/** As it is typed: `grad-cam`. */
	readonly name: string;
	/** As papers write it: "Grad-CAM". */
	readonly label: string;
	/** One sentence for the help screen. */
	readonly description: string;
	/** The map before its ReLU is linear in the gradient: the map of a mix of logits is the mix of their maps. */
	readonly isLinear?: true;
} & CamFormula;

/** What is computed from what; the less a formula needs, the faster it is. */
export type CamFormula =
	| {
			/** One weight for each channel, from the gradient summed over space. */
			readonly kind: 'pooled weights';
			/** @param pooled `[K]` Σ_hw G_k */
			readonly weights: (
				pooled: Float32Array,
				activations: Activations,
			) => ChannelWeights;
	  }
	| {
			/** One weight for each channel, from the whole gradient. */
			readonly kind: 'weights';
			readonly weights: (
				gradient: Adjoint,
				activations: Activations,
			) => ChannelWeights | Promise<ChannelWeights>;
	  }
	| {
			/** Every cell weighs by itself: the map `[space]` before its ReLU. */
			readonly kind: 'cells';
			readonly cells: (
				gradient: Adjoint,
				activations: Activations,
			) => Promise<Float32Array>;
	  };
