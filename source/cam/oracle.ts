import type {RectifierRule} from '../autodiff/rectifiers/rectifier-rule.js';
import type {Adjoint} from '../ops/adjoint/adjoint.js';
import type {Activations} from './activations.js';
import type {GradientMethod} from './method.js';
import type {Settings} from './settings.js';

/** Channels of numbers on a pixel grid. */
export type Picture = {
	readonly channels: number;
	readonly height: number;
	readonly width: number;
	/** `[channels, height, width]` */
	readonly data: Float32Array;
};

/** Answers everything that a method may ask the network about some targets on one input. Each question covers all T targets, so that they share every forward pass and every walk. */
export type Oracle = {
	/** The prepared network input, channels first. */
	readonly input: Picture;
	/** T, the number of targets. */
	readonly targets: number;
	/** The layer in question, at this input. */
	readonly layer: {
		readonly height: number;
		readonly width: number;
		readonly activations: Activations;
	};
	readonly settings: Settings;
	/** The gradient of each target's logit, one seed a target, with respect to the layer, at this input or another `[C, H, W]`. */
	readonly layerGradient: (input?: Float32Array) => Promise<Adjoint>;
	/** The gradient with respect to the input: `[T, C, H, W]`. */
	readonly inputGradient: (question?: {
		/** `[C, H, W]`; this input where left out. */
		readonly input?: Float32Array;
		/** Replaces the derivative of ReLU and its kin. */
		readonly rectifierRule?: RectifierRule;
	}) => Promise<Float32Array>;
	/** Each target's logits for `count` other inputs `[C, H, W]`, created one by one and run in batches where the network allows it. */
	readonly logits: (
		count: number,
		input: (index: number) => Float32Array,
	) => Promise<readonly Float64Array[]>;
	/** The layer's map of each target by another method, before its ReLU. */
	readonly maps: (method: GradientMethod) => Promise<readonly Float32Array[]>;
	/** Reports how many of a method's passes are done. */
	readonly report: (done: number, total: number) => void;
};
