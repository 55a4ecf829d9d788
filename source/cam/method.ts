import type {Adjoint} from '../ops/adjoint/adjoint.js';
import type {Activations, ChannelWeights} from './activations.js';
import type {Directions} from './directions.js';
import type {Settings} from './settings.js';
import type {Picture, Subject} from './subject.js';

/** How people find a method, and what holds for it. */
type Entry = {
	/** As it is typed: `grad-cam`. */
	readonly name: string;
	/** As papers write it: "Grad-CAM". */
	readonly label: string;
	/** One sentence for the help screen. */
	readonly description: string;
	/** What it may be told; nothing where left out. */
	readonly settings?: ReadonlyArray<keyof Settings>;
	/** Where the map before its ReLU is linear in the gradient: what it reads of it. The map of a mix of logits is then the mix of their maps. */
	readonly directions?: Directions;
};

/** A method that one gradient at the layer suffices for: it answers any number of targets from one forward pass. */
export type GradientMethod = Entry & GradientFormula;

/** A method that asks more of the network: other inputs, other rules, or only the activations. */
export type SubjectMethod = Entry & SubjectFormula;

/**
A way to explain: how gradients and activations of a layer become a heatmap, or how a network's input is weighed number by number.

Every method ends with a ReLU, since only what speaks for the target is shown; it is left to the caller, so that maps may be mixed before it. `G` is the gradient of one target's logit, `A` the activations; k runs over channels.
*/
export type CamMethod = GradientMethod | SubjectMethod;

/** What is computed from what; the less a formula needs, the faster it is. */
export type GradientFormula =
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
			/** Every cell weighs by its own gradient times its own activations: the map `[space]` Σ_k G_k · A_k before its ReLU. */
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
			/** Every cell weighs by itself: the map `[space]` before its ReLU. */
			readonly kind: 'cells';
			readonly cells: (
				gradient: Adjoint,
				activations: Activations,
			) => Promise<Float32Array>;
	  };

/** What is computed from all that some targets on an input can be asked. */
export type SubjectFormula =
	| {
			/** The map `[space]` of the layer before its ReLU, for each target. */
			readonly kind: 'map';
			readonly maps: (subject: Subject) => Promise<readonly Float32Array[]>;
	  }
	| {
			/** What each number of the input counts, `[T, C, H, W]`, with its sign; and how the channels of a target become one map `[H, W]`, before its ReLU. */
			readonly kind: 'input';
			/** The layer plays a part too. */
			readonly readsLayer?: true;
			readonly attribute: (subject: Subject) => Promise<Float32Array>;
			readonly flatten: (attribution: Picture) => Float32Array;
	  };
