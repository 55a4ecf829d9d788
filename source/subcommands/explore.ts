import {UsageError} from '../errors.js';
import {packageFile} from '../package-file.js';
import {
	manifestFlags,
	manifestOf,
	modelFlags,
	questionFlags,
} from './model/flags.js';
import {subcommand} from './command-line/subcommand.js';

/** What opens when no file is named: a street, its segmentation, and a network trained on scenes like it. */
const demo = {
	files: ['street.png', 'street-segmentation.png'].map((name) =>
		packageFile(`fixtures/demo/${name}`),
	),
	model: 'street',
	// Here the network has seen parts, such as wheels, and not yet put them together: the roof of a car is one because of its wheels.
	layer: 'encoder8/down/relu',
	// The roof of a car.
	at: '240,262',
};

/** Sorts the arguments into image, segmentation and CSV; there may be a CSV without a segmentation. */
const inPlaces = ([image, second, third]: readonly string[]) =>
	third === undefined && /\.csv$/iv.test(second ?? '')
		? [image, undefined, second]
		: [image, second, third];

/** `gradcam-tui` without a subcommand: the explorer. */
export const explore = subcommand({
	usage: '[IMAGE [SEG [CSV]]]',
	description:
		'Explore an image, its segmentation and the Grad-CAM pixels of every pixel, from a CSV file or live from a network. Without IMAGE, opens a street scene with a network trained on scenes like it.',
	examples: [
		['photo.jpg --model deeplab.onnx --palette voc', 'ask a network, live'],
		['photo.jpg mask.png photo.csv', 'explore what was computed before'],
		['photo.jpg mask.png --palette camvid', 'name the classes as CamVid does'],
		['photo.jpg --print --size 80x24', 'print one frame'],
	],
	flags: {
		print: {type: 'boolean', description: 'Print one frame and exit'},
		size: {
			type: 'string',
			value: 'COLSxROWS',
			description: 'Size of the printed frame',
		},
		at: {type: 'string', value: 'X,Y', description: 'Pixel under the cursor'},
		points: {
			type: 'string',
			value: 'FILE',
			description:
				'Interesting points, if not interesting.json beside the image or one folder up',
		},
		colormap: {
			type: 'string',
			value: 'NAME',
			default: 'turbo',
			description: 'Colour map of the weights',
		},
		graphics: {
			type: 'string',
			value: 'MODE',
			choices: ['auto', '24bit', '256'],
			default: 'auto',
			description: 'How pictures are drawn',
		},
		...modelFlags,
		...questionFlags,
		...manifestFlags,
	},
	async run(input, flags, io) {
		if (input.length > 3) {
			throw new UsageError(
				`Too many arguments: "${input[3]}" comes after IMAGE, SEG and CSV; name three files at most`,
			);
		}

		const isDemo = input.length === 0;
		const [image = '', segmentation, csv] = isDemo
			? demo.files
			: inPlaces(input);
		const asked =
			isDemo && flags.model === undefined
				? {
						...flags,
						model: demo.model,
						layer: flags.layer ?? demo.layer,
						at: flags.at ?? demo.at,
					}
				: flags;
		const [{runExplorer}, {networkOptions}] = await Promise.all([
			import('./explore/run.js'),
			import('./explore/network-options.js'),
		]);
		const {palette, method, ...manifest} = flags;
		await runExplorer(
			{
				...asked,
				files: {
					image,
					...(segmentation !== undefined && {segmentation}),
					...(csv !== undefined && {csv}),
				},
				...networkOptions(asked, await manifestOf(manifest)),
			},
			io,
		);
	},
});
