import {UsageError} from '../errors.js';
import {
	manifestFlags,
	manifestOf,
	modelFlags,
	questionFlags,
	requireModel,
	several,
} from './model/flags.js';
import {type FlagValues, subcommand} from './subcommand.js';

const flags = {
	...modelFlags,
	pixel: {
		type: 'string',
		value: 'X,Y',
		description: 'The pixel of INPUT that is explained',
	},
	class: {
		...several(questionFlags.class),
		description:
			'The class that is explained, if not the likeliest; several with commas',
	},
	top: {
		type: 'number',
		value: 'N',
		description: 'Explain the N likeliest classes',
	},
	worst: {
		type: 'boolean',
		description: 'Explain the least likely class, too',
	},
	layer: several(questionFlags.layer),
	convFromEnd: {
		type: 'string',
		value: 'N,N…',
		isMultiple: true,
		description: 'Convolutions as layers, counted back from the last, 1',
	},
	method: several(questionFlags.method),
	images: {
		type: 'number',
		value: 'N',
		description: 'Draw N of the images at random',
	},
	seed: {
		type: 'number',
		value: 'S',
		default: 0,
		description: 'What decides which ones',
	},
	out: {
		type: 'string',
		value: 'DIR',
		description: 'Where files are written, if not the current folder',
	},
	name: {
		type: 'string',
		value: 'TEMPLATE',
		description:
			'Names of single maps, of {method}, {index}, {image}, {layer}, {class}, {label}, {x}, {y}',
	},
	figure: {
		type: 'boolean',
		description:
			'Also write a figure of all maps of an image; --top, --worst and --conv-from-end do so anyway',
	},
	figureOnly: {
		type: 'boolean',
		description: 'Write figures and no single maps',
	},
	show: {
		type: 'boolean',
		description: 'Print the figures in the terminal',
	},
	npy: {
		type: 'boolean',
		description:
			"Also write each map as .npy: unnormalised and at the layer's resolution, unless the next two say otherwise",
	},
	normalize: {
		type: 'string',
		value: 'HOW',
		choices: ['max', 'min-max', 'none'],
		description: 'Divide maps by their maximum, or stretch them to 0–1',
	},
	resize: {
		type: 'string',
		value: 'HOW',
		choices: ['bilinear', 'nearest', 'none'],
		description: "Bring maps to the network's input size",
	},
	alpha: {
		type: 'number',
		value: 'OPACITY',
		default: 0.55,
		description: 'Of the colors over the picture, 0 to 1',
	},
	colormap: {
		type: 'string',
		value: 'NAME',
		default: 'turbo',
		description: 'The colors of weights',
	},
	json: {
		type: 'boolean',
		description: 'Print one JSON object a line for each map',
	},
	force: {type: 'boolean', description: 'Replace files that exist'},
	...manifestFlags,
} as const;

type ExplainFlags = FlagValues<typeof flags>;

/** @throws {UsageError} When flags contradict each other, or there is no input or model. */
const checkFlags = (
	words: readonly string[],
	{model, json, show, npy, figureOnly}: ExplainFlags,
): string => {
	if (words.length === 0) {
		throw new UsageError(
			'No input is given; write gradcam-tui explain INPUT --model MODEL --pixel X,Y',
		);
	}

	const file = requireModel(model);
	if (json && (show || figureOnly)) {
		throw new UsageError(
			`--json prints a line for each map, and --${show ? 'show prints pictures' : 'figure-only writes none'}; leave one out`,
		);
	}

	if (figureOnly && npy) {
		throw new UsageError(
			'--figure-only writes no single maps, which --npy asks for; leave one out',
		);
	}

	return file;
};

/** The names of single maps, where none are asked for. */
const defaultTemplate = (
	isOnly: boolean,
	hasPixel: boolean,
	severalLayers: boolean,
) =>
	isOnly
		? `{image}${hasPixel ? '_{x}-{y}' : ''}_class{class}_{layer}_{method}`
		: `{method}_{index}_class_{class}${severalLayers ? '_{layer}' : ''}`;

export const explain = subcommand({
	usage: 'INPUT… --model MODEL [--pixel X,Y]',
	description:
		'Explain why a network sees a class: in a whole image, at a pixel of it, or at all pixels of the class. Writes heatmaps over the picture as PNG, figures of several, and a manifest.json that says what each file shows. INPUT is an image, a folder, a pattern such as "photos/*.jpg", or a .npy tensor [1, C, H, W] that is fed as it is.',
	examples: [
		[
			'street.jpg --model deeplab.onnx --pixel 120,80',
			'the class that is predicted there',
		],
		[
			'street.jpg --model deeplab.onnx --palette voc --pixel 120,80 --class car --method hirescam --method layercam',
			'why a car, by two methods',
		],
		[
			'photos --model resnet50.onnx --preset imagenet --labels imagenet --top 3 --worst --out figures',
			'a figure for each image: the original, the likeliest classes, the worst',
		],
		[
			'cat.jpg --model vgg.onnx --preset caffe --conv-from-end 1,3,4 --show',
			'layer by layer, printed in the terminal',
		],
		['sign.png --model signs.onnx --npy --json', 'for a script'],
	],
	flags,
	async run(words, flags, io) {
		const file = checkFlags(words, flags);
		const {checkColors, checkCount, checkOpacity, parseCounts, parsePixel} =
			await import('./explain/settings.js');
		checkCount('top', flags.top, 1);
		checkCount('images', flags.images, 1);
		checkCount('seed', flags.seed, 0);
		checkOpacity(flags.alpha);
		checkColors(flags.colormap);
		const pixel = parsePixel(flags.pixel);
		const convolutionsFromEnd = parseCounts('conv-from-end', flags.convFromEnd);
		const {drawInputs, findInputs} = await import('./explain/find-inputs.js');
		const found = await findInputs(words);
		const inputs =
			flags.images === undefined
				? found
				: drawInputs(found, flags.images, flags.seed);

		const {loadModel} = await import('../compute/load-model.js');
		const {hashModel} = await import('./explain/record.js');
		const {splitClasses} = await import('./explain/plan-run.js');
		const {explainAll} = await import('./explain/run.js');
		const manifest = await manifestOf(flags);
		const model = await loadModel(file, {...manifest, runtime: flags.runtime});
		try {
			const isOnly = inputs.length === 1;
			const layerCount = flags.layer.length + convolutionsFromEnd.length;
			return await explainAll(
				model,
				inputs,
				{
					model: file,
					manifest,
					runtime: flags.runtime,
					modelSha256: await hashModel(file),
					question: {
						pixel,
						classes: splitClasses(flags.class, model.labels),
						top: flags.top,
						worst: flags.worst,
						layers: flags.layer,
						convolutionsFromEnd,
						methods: flags.method,
					},
					finish: {normalize: flags.normalize, resize: flags.resize},
					colors: flags.colormap,
					opacity: flags.alpha,
					folder: flags.out ?? '.',
					template:
						flags.name ??
						defaultTemplate(isOnly, pixel !== undefined, layerCount > 1),
					figureTemplate: isOnly ? 'figure_{image}' : 'figure_{index}_{image}',
					withSingle: !flags.figureOnly,
					withNpy: flags.npy,
					withFigure:
						flags.figure ||
						flags.figureOnly ||
						flags.show ||
						flags.top !== undefined ||
						flags.worst ||
						convolutionsFromEnd.length > 0,
					force: flags.force,
				},
				{isJson: flags.json, shows: flags.show, io},
			);
		} finally {
			await model.dispose();
		}
	},
});
