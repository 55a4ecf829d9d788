import {UsageError} from '../errors.js';
import {explainFlags} from './explain/flags.js';
import {manifestOf, requireModel} from './model/flags.js';
import {checkInteger} from './command-line/check-integer.js';
import {type FlagValues, subcommand} from './command-line/subcommand.js';

type ExplainFlags = FlagValues<typeof explainFlags>;

/** @throws {UsageError} If flags contradict each other, or there is no input or model. */
const checkFlags = (
	words: readonly string[],
	{model, json, show, name, npy, figureOnly}: ExplainFlags,
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

	if (figureOnly && (npy || name !== undefined)) {
		throw new UsageError(
			`--figure-only writes no single maps, which --${npy ? 'npy asks for' : 'name is for'}; leave one out`,
		);
	}

	return file;
};

/** The settings for the methods. A seed may be meant only for picking images. */
const settingsOf = async ({
	samples,
	sigma,
	steps,
	seed,
	images,
	method,
}: ExplainFlags) => {
	const {findMethod} = await import('../cam/find-method.js');
	const isForNoise =
		images === undefined ||
		method.some((name) => findMethod(name)?.settings?.includes('seed'));
	return {samples, sigma, steps, seed: isForNoise ? seed : undefined};
};

/** The default names of single maps. */
const defaultTemplate = (
	isOnly: boolean,
	hasPixel: boolean,
	severalLayers: boolean,
) =>
	isOnly
		? `{image}${hasPixel ? '_{x}-{y}' : ''}_class{class}_{layer}_{method}`
		: `{method}_{index}_class_{class}${severalLayers ? '_{layer}' : ''}`;

/** `gradcam-tui explain`: heatmaps of images, as files. */
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
	flags: explainFlags,
	async run(words, flags, io) {
		const file = checkFlags(words, flags);
		const {checkOpacity, parseCounts, parsePixel} =
			await import('./explain/settings.js');
		const {colorMap} = await import('../raster/colormaps.js');
		checkInteger('top', flags.top, 1);
		checkInteger('images', flags.images, 1);
		checkInteger('seed', flags.seed, 0);
		checkOpacity(flags.alpha);
		colorMap(flags.colormap);
		const {findMethods} = await import('../compute/question/requested-maps.js');
		const {checkSettings} =
			await import('../compute/question/method-settings.js');
		const settings = await settingsOf(flags);
		checkSettings(findMethods({methods: flags.method}), settings, '--');
		const pixel = parsePixel(flags.pixel);
		const convolutionsFromEnd = parseCounts('conv-from-end', flags.convFromEnd);
		const {drawInputs, findInputs} = await import('./explain/find-inputs.js');
		const found = await findInputs(words);
		const inputs =
			flags.images === undefined
				? found
				: drawInputs(found, flags.images, flags.seed ?? 0);
		if (inputs.length === 1) {
			const {checkInput} = await import('../compute/input/input.js');
			await checkInput(inputs[0]);
		}

		const {loadModel} = await import('../compute/model/load-model.js');
		const {hashModel} = await import('../compute/model/hash-model.js');
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
					modelSha256: await hashModel(model),
					question: {
						pixel,
						classes: splitClasses(flags.class, model.labels),
						top: flags.top,
						worst: flags.worst,
						layers: flags.layer,
						convolutionsFromEnd,
						methods: flags.method,
						settings,
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
						flags.sheet ||
						flags.top !== undefined ||
						flags.worst ||
						convolutionsFromEnd.length > 0,
					withSheet: flags.sheet,
					force: flags.force,
				},
				{isJson: flags.json, shows: flags.show, io},
			);
		} finally {
			await model.dispose();
		}
	},
});
