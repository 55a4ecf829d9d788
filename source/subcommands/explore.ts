import {fileURLToPath} from 'node:url';
import {UsageError} from '../errors.js';
import {subcommand} from './subcommand.js';

/** A street scene and its segmentation: what opens when no file is named. */
const demo = ['street.png', 'street-segmentation.png'].map((name) =>
	fileURLToPath(new URL(`../../fixtures/demo/${name}`, import.meta.url)),
);

export const explore = subcommand({
	usage: '[IMAGE [SEG [CSV]]]',
	description:
		'Explore an image, its segmentation and the Grad-CAM pixels of every pixel. Without IMAGE: a demo.',
	examples: [
		['photo.jpg mask.png photo.csv', 'explore a photo'],
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
		palette: {
			type: 'string',
			value: 'NAME|FILE',
			description:
				'Class names and colors: voc, cityscapes, camvid, ade20k or a JSON file',
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
	},
	async run(input, flags, io) {
		if (input.length > 3) {
			throw new UsageError(
				`Too many arguments: "${input[3]}" comes after IMAGE, SEG and CSV; name three files at most`,
			);
		}

		const [image, segmentation, csv] = input.length === 0 ? demo : input;
		const {runExplorer} = await import('./explore/run.js');
		await runExplorer(
			{
				...flags,
				files: {
					image: image!,
					...(segmentation !== undefined && {segmentation}),
					...(csv !== undefined && {csv}),
				},
			},
			io,
		);
	},
});
