import type {KerasLayer, KerasLayers} from './layer.js';

const passing: KerasLayer = {
	write({writer, output, inputs: [x]}) {
		writer.same(output, x);
	},
};

/** Layers that do something in training only. */
export const passingLayers: KerasLayers = {
	ActivityRegularization: passing,
	AlphaDropout: passing,
	Dropout: passing,
	GaussianDropout: passing,
	GaussianNoise: passing,
	Identity: passing,
	RandomBrightness: passing,
	RandomContrast: passing,
	RandomFlip: passing,
	RandomRotation: passing,
	RandomTranslation: passing,
	RandomZoom: passing,
	SpatialDropout2D: passing,
	StochasticDepth: passing,
};
