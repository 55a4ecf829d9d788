import {UsageError} from '../errors.js';
import {stripControl} from '../text.js';
import {
	manifestFlags,
	manifestOf,
	modelFlags,
	questionFlags,
	requireModel,
} from './model/flags.js';
import {checkInteger} from './command-line/check-integer.js';
import {subcommand} from './command-line/subcommand.js';
import {untilInterrupted} from './command-line/until-interrupted.js';

const checkFlags = (flags: {
	readonly model: string | undefined;
	readonly top: number;
	readonly stride: number;
	readonly threshold: number;
	readonly class: string | undefined;
	readonly seg: string | undefined;
}) => {
	checkInteger('top', flags.top, 1, 1_000_000);
	checkInteger('stride', flags.stride, 1, 10_000);
	if (!(flags.threshold >= 0 && flags.threshold <= 1)) {
		throw new UsageError(
			`--threshold cannot be ${flags.threshold}; write a weight from 0 to 1`,
		);
	}

	if (flags.class !== undefined && flags.seg !== undefined) {
		throw new UsageError(
			`--class "${flags.class}" and --seg "${flags.seg}" both say which class; leave one out`,
		);
	}

	return requireModel(flags.model);
};

/** `gradcam-tui precompute`: explains every pixel of an image, for the explorer. */
export const precompute = subcommand({
	usage: 'IMAGE… --model MODEL',
	description:
		'Explain every pixel of an image and write the CSV that the explorer opens. After Ctrl-C, the same command picks up where it left off. Several images get a folder each: NAME/NAME.jpg, NAME-segmentation.png and NAME.csv.',
	examples: [
		['street.jpg --model deeplab.onnx --palette voc', 'write street.csv'],
		[
			'street.jpg --model deeplab.onnx --seg truth.png --stride 4',
			'explain the classes of a mask, at every fourth pixel',
		],
		['photos/*.jpg --model deeplab.onnx --out cases', 'many images'],
	],
	flags: {
		...modelFlags,
		...questionFlags,
		method: {
			...questionFlags.method,
			default: 'grad-cam',
			description: 'grad-cam, grad-cam++, xgrad-cam, hirescam or layercam',
		},
		out: {
			type: 'string',
			value: 'CSV|DIR',
			description:
				"The file to write, if not the image's name with .csv; for several images, the folder for their folders",
		},
		seg: {
			type: 'string',
			value: 'FILE',
			description: 'Take the class of each pixel from this mask',
		},
		top: {
			type: 'number',
			value: 'N',
			default: 250,
			description: 'How many of the strongest points to write for each pixel',
		},
		threshold: {
			type: 'number',
			value: 'WEIGHT',
			default: 0,
			description: 'The smallest weight to write, 0 to 1',
		},
		stride: {
			type: 'number',
			value: 'N',
			default: 1,
			description: 'Explain every Nth pixel in both directions',
		},
		upsample: {
			type: 'boolean',
			description:
				"Write pixels of the heatmap enlarged to the image, rather than the centres of the layer's cells",
		},
		json: {type: 'boolean', description: 'Print one JSON object at the end'},
		force: {type: 'boolean', description: 'Replace CSVs that exist'},
		...manifestFlags,
	},
	async run(images, flags, {stdout, stderr}) {
		if (images.length === 0) {
			throw new UsageError(
				'No image is named; write gradcam-tui precompute IMAGE --model MODEL',
			);
		}

		const file = checkFlags(flags);
		if (flags.seg !== undefined && images.length > 1) {
			throw new UsageError(
				`--seg "${flags.seg}" is a mask for one image, but ${images.length} are named; explain them one by one`,
			);
		}

		const {chooseDestinations} = await import('./precompute/destinations.js');
		const destinations = chooseDestinations(images, flags.out);
		if (images.length === 1) {
			const {checkInputFile} = await import('../data/input-file.js');
			await checkInputFile(images[0], 'image');
		}

		const {loadModel} = await import('../compute/model/load-model.js');
		const {precomputeAll} = await import('./precompute/run.js');
		const {describe, summarize} = await import('./precompute/report.js');
		const {counted, createProgressLine} =
			await import('../terminal/progress-line.js');
		const note = (text: string) => {
			stderr.write(`${stripControl(text)}\n`);
		};

		const model = await loadModel(file, {
			...(await manifestOf(flags)),
			runtime: flags.runtime,
		});
		const lines = {
			directions: createProgressLine(
				stderr,
				'Weighing',
				counted('passes', 'pass'),
			),
			pixels: createProgressLine(
				stderr,
				'Explaining',
				counted('pixels', 'pixel'),
			),
		};
		const clear = () => {
			lines.directions.clear();
			lines.pixels.clear();
		};

		const summaries: object[] = [];
		let failures = 0;
		try {
			const exitCode = await untilInterrupted(async (signal) => {
				note(`${model.runtime.description}: ${model.runtimeReason}`);
				const outcomes = precomputeAll(model, {
					destinations,
					wish: flags,
					points: {
						top: flags.top,
						threshold: flags.threshold,
						stride: flags.stride,
						upsample: flags.upsample,
					},
					mask: flags.seg,
					force: flags.force,
					signal,
					onProgress(progress) {
						if (progress.of === 'pixels') {
							lines.directions.clear();
						}

						lines[progress.of].update(progress);
					},
					onNote: note,
				});
				try {
					for await (const outcome of outcomes) {
						clear();
						summaries.push(summarize(outcome));
						if ('error' in outcome) {
							failures++;
							note(`error: ${outcome.error.message}`);
						} else if (!flags.json) {
							for (const text of describe(outcome)) {
								stdout.write(`${stripControl(text)}\n`);
							}
						}
					}
				} finally {
					clear();
				}
			});
			if (exitCode !== undefined) {
				note('Stopped; the same command goes on from here.');
			}

			if (flags.json) {
				const {name} = model.runtime;
				stdout.write(
					`${JSON.stringify({model: file, runtime: name, images: summaries})}\n`,
				);
			}

			return exitCode ?? (failures > 0 ? 1 : 0);
		} finally {
			await model.dispose();
		}
	},
});
