import type {Adjoint} from '../ops/adjoint/adjoint.js';
import type {Activations, ChannelWeights} from './activations.js';
import type {Directions} from './directions.js';
import type {Settings} from './settings.js';
import type {Picture, Oracle} from './oracle.js';

/** How people find a method, and what it needs to know. */
type Entry = {
	/** As typed: `grad-cam`. */
	readonly name: string;
	/** As written in papers: "Grad-CAM". */
	readonly label: string;
	/** One sentence for the help screen. */
	readonly description: string;
	/** The settings it reads; none where left out. */
	readonly settings?: ReadonlyArray<keyof Settings>;
	/** Present where the map before its ReLU is linear in the gradient, so that a mix of logits has the mix of their maps: how it reads the gradient. */
	readonly directions?: Directions;
};

/** A method that needs only the gradient at the layer: one forward pass answers any number of targets. */
export type GradientMethod = Entry & GradientFormula;

/** A method that needs more of the network: other inputs, other rectifier rules, or only the activations. */
export type OracleMethod = Entry & OracleFormula;

/**
A way to explain: how a layer's gradient and activations become a heatmap, or how each number of the network's input is weighed.

Every method ends with a ReLU, since only what speaks for the target is shown; the caller applies it, so that maps can be mixed before it. `G` is the gradient of one target's logit, `A` the activations; k runs over channels.
*/
export type CamMethod = GradientMethod | OracleMethod;

/** What a map is computed from; the less a formula needs, the faster it is. */
export type GradientFormula =
	| {
			/** Channels weighed by the mean of their gradient: the map `[space]` Σ_k mean_hw(G_k) · A_k before its ReLU. */
			readonly kind: 'means';
	  }
	| {
			/** The product of gradient and activations at each cell: the map `[space]` Σ_k G_k · A_k before its ReLU. */
			readonly kind: 'products';
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
			/** Any other map `[space]`, before its ReLU, from the whole gradient. */
			readonly kind: 'cells';
			readonly cells: (
				gradient: Adjoint,
				activations: Activations,
			) => Promise<Float32Array>;
	  };

/** What is computed by asking an oracle, more than once if need be. */
export type OracleFormula =
	| {
			/** The map `[space]` of the layer before its ReLU, for each target. */
			readonly kind: 'map';
			/** Holds the whole gradient of every target at once. */
			readonly placesGradients?: true;
			readonly maps: (oracle: Oracle) => Promise<readonly Float32Array[]>;
	  }
	| {
			/** The signed contribution of each number of the input, `[T, C, H, W]`, and how a target's channels become one map `[H, W]` before its ReLU. */
			readonly kind: 'input';
			/** The layer matters too. */
			readonly readsLayer?: true;
			readonly attribute: (oracle: Oracle) => Promise<Float32Array>;
			readonly flatten: (attribution: Picture) => Float32Array;
	  };
