import type {Manifest} from '../model/manifest.js';
import type {Layout} from './layout.js';

/** A common way to preprocess images, for networks of which only the family is known. */
export type Preset = Required<
	Pick<Manifest, 'channelOrder' | 'scale' | 'mean' | 'std' | 'resize'>
> & {
	/** For the help. */
	readonly description: string;
	/** The share of the shorter side that a centre crop keeps. */
	readonly cropShare?: number;
	/** The length of the shorter side in pixels, for networks of any size. */
	readonly smallestSide?: number;
	/** Whether networks of any size get the whole image instead of a square. */
	readonly keepsAspect?: boolean;
};

const whole = {channelOrder: 'RGB', resize: 'stretch'} as const;

/**
The presets by name.

@see `imagenet`: torchvision's reference transforms. https://docs.pytorch.org/vision/stable/models.html
@see `caffe`, `tf`: Keras's `preprocess_input`. https://github.com/keras-team/keras/blob/master/keras/src/applications/imagenet_utils.py
*/
export const presets = {
	imagenet: {
		description: 'smallest side 256, center 224, mean and deviation',
		channelOrder: 'RGB',
		scale: 1 / 255,
		mean: [0.485, 0.456, 0.406],
		std: [0.229, 0.224, 0.225],
		resize: 'crop',
		cropShare: 224 / 256,
		smallestSide: 224,
	},
	caffe: {
		description: 'BGR, mean colour off, smallest side 224, aspect kept',
		channelOrder: 'BGR',
		scale: 1,
		mean: [103.939, 116.779, 123.68],
		std: [1],
		resize: 'crop',
		smallestSide: 224,
		keepsAspect: true,
	},
	tf: {
		...whole,
		description: '−1 to 1',
		scale: 1 / 127.5,
		mean: [1],
		std: [1],
	},
	unit: {
		...whole,
		description: '0 to 1',
		scale: 1 / 255,
		mean: [0],
		std: [1],
	},
	raw: {...whole, description: '0 to 255', scale: 1, mean: [0], std: [1]},
} as const satisfies Readonly<Record<string, Preset>>;

/** A name of a preset. */
export type PresetName = keyof typeof presets;

/** Names of the presets. */
export const presetNames = Object.keys(presets);

/** The families of Keras's applications, by the names of their networks; those that preprocess images themselves take them raw. */
const families: ReadonlyArray<readonly [name: RegExp, preset: PresetName]> = [
	[/^(?:vgg\d+|resnet\d+)(?:_|$)/iv, 'caffe'],
	[/^densenet/iv, 'imagenet'],
	[/^(?:convnext|efficientnet|mobilenetv3)/iv, 'raw'],
	[/^(?:inception|mobilenet|nasnet|resnet\d+v2|xception)/iv, 'tf'],
];

/** What a network's authors named it. */
export type NetworkNames = {
	readonly name: string;
	/** Of its input. */
	readonly input: string;
	readonly layout: Layout;
};

/** A preset, and the clue that suggests it, in words. */
export type Guess = {readonly preset: PresetName; readonly clue: string};

/** Guesses the preset from names; only TensorFlow's networks are named after their family. */
export const guessPreset = ({
	name,
	input,
	layout,
}: NetworkNames): Guess | undefined => {
	if (layout === 'NHWC') {
		const family = families.find(([pattern]) => pattern.test(name));
		return family && {preset: family[1], clue: `the name "${name}"`};
	}

	// The name used by Ultralytics' exporter and the many descendants of YOLO, all of which divide by 255.
	return input === 'images'
		? {preset: 'unit', clue: `the name "${input}"`}
		: undefined;
};
