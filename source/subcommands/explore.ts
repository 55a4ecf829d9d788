import {fileURLToPath} from 'node:url';
import {UsageError} from '../errors.js';
import {manifestFlags, manifestOf, questionFlags} from './model/flags.js';
import {subcommand} from './subcommand.js';

/** A street scene and its segmentation: what opens when no file is named. */
const demo = ['street.png', 'street-segmentation.png'].map((name) =>
	fileURLToPath(new URL(`../../fixtures/demo/${name}`, import.meta.url)),
);

export const explore = subcommand({
	usage: '[IMAGE [SEG [CSV]]] [--model MODEL]',
	description:
		'Explore an image, its segmentation and the Grad-CAM pixels of every pixel: those of a CSV file, or live from a network. Without IMAGE: a street and the network that was trained on such.',
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
			description: 'Color map of the weights',
		},
		graphics: {
			type: 'string',
			value: 'MODE',
			choices: ['auto', '24bit', '256'],
			default: 'auto',
			description: 'How pictures are drawn',
		},
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
		const [image, segmentation, csv] = isDemo ? demo : input;
		const model = flags.model ?? (isDemo ? 'street' : undefined);
		const [{runExplorer}, {networkOptions}] = await Promise.all([
			import('./explore/run.js'),
			import('./explore/network-options.js'),
		]);
		const {palette, method, ...manifest} = flags;
		await runExplorer(
			{
				...flags,
				files: {
					image,
					...(segmentation !== undefined && {segmentation}),
					...(csv !== undefined && {csv}),
				},
				...networkOptions(model, flags, await manifestOf(manifest)),
			},
			io,
		);
	},
});
