import type {RectifierRule} from '../autodiff/rectifier-rule.js';
import type {Adjoint} from '../ops/adjoint/adjoint.js';
import type {Activations} from './activations.js';
import type {GradientMethod} from './method.js';
import type {Settings} from './settings.js';

/** Numbers that lie on a picture. */
export type Picture = {
	readonly channels: number;
	readonly height: number;
	readonly width: number;
	/** `[channels, height, width]` */
	readonly data: Float32Array;
};

/** Some targets on one input, and all that a method may ask the network about them. What is asked is asked for all T targets at once, so that they share every pass and every walk. */
export type Subject = {
	/** The network's input as it was prepared, channels first. */
	readonly input: Picture;
	/** T, how many targets there are. */
	readonly targets: number;
	/** The layer that was asked for, at this input. */
	readonly layer: {
		readonly height: number;
		readonly width: number;
		readonly activations: Activations;
	};
	readonly settings: Settings;
	/** The derivative of each target's logit, a seed, with respect to the layer, at this input or another `[C, H, W]`. */
	readonly layerGradient: (input?: Float32Array) => Promise<Adjoint>;
	/** The same with respect to the input: `[T, C, H, W]`. */
	readonly inputGradient: (question?: {
		/** `[C, H, W]`; this input where left out. */
		readonly input?: Float32Array;
		/** What ReLU and its like pass back, if not the derivative. */
		readonly rectifierRule?: RectifierRule;
	}) => Promise<Float32Array>;
	/** Each target's logits for other inputs `[C, H, W]`, each made when its turn comes; several go through the network at once where it allows. */
	readonly logits: (
		count: number,
		input: (index: number) => Float32Array,
	) => Promise<readonly Float64Array[]>;
	/** The layer's map of each target by another method, before its ReLU. */
	readonly maps: (method: GradientMethod) => Promise<readonly Float32Array[]>;
	/** Says how many of the passes a method takes are done. */
	readonly report: (done: number, total: number) => void;
};
