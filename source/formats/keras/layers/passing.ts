import type {KerasLayer, KerasLayers} from './layer.js';

const passing: KerasLayer = {
	write({writer, output, inputs: [x]}) {
		writer.same(output, x);
	},
};

/** Layers that only act in training. */
export const passingLayers: KerasLayers = {
	ActivityRegularization: passing,
	AlphaDropout: passing,
	AugMix: passing,
	CutMix: passing,
	Dropout: passing,
	GaussianDropout: passing,
	GaussianNoise: passing,
	Identity: passing,
	MixUp: passing,
	RandAugment: passing,
	RandomBrightness: passing,
	RandomColorDegeneration: passing,
	RandomColorJitter: passing,
	RandomContrast: passing,
	RandomElasticTransform: passing,
	RandomErasing: passing,
	RandomFlip: passing,
	RandomGaussianBlur: passing,
	RandomGrayscale: passing,
	RandomHeight: passing,
	RandomHue: passing,
	RandomInvert: passing,
	RandomPerspective: passing,
	RandomPosterization: passing,
	RandomRotation: passing,
	RandomSaturation: passing,
	RandomSharpness: passing,
	RandomShear: passing,
	RandomTranslation: passing,
	RandomWidth: passing,
	RandomZoom: passing,
	SpatialDropout1D: passing,
	SpatialDropout2D: passing,
	StochasticDepth: passing,
};
