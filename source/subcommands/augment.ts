import path from 'node:path';
import {UsageError} from '../errors.js';
import {stripControl} from '../text.js';
import {checkInteger} from './command-line/check-integer.js';
import {subcommand} from './command-line/subcommand.js';
import {untilInterrupted} from './command-line/until-interrupted.js';

const maxPointsPerPixel = 10_000;

/** `NAME.csv`, next to the image. */
const defaultOut = (image: string): string => {
	const {dir, name} = path.parse(image);
	return path.join(dir, `${name}.csv`);
};

/** `gradcam-tui augment`: a synthetic CSV. */
export const augment = subcommand({
	usage: 'IMAGE',
	description:
		'Write a synthetic CSV for an image, to try the explorer with; it says nothing about a network. The points are normally distributed around each pixel, with variance 50, and their weights are uniform.',
	examples: [
		['photo.jpg', 'write photo.csv beside the image'],
		[
			'photo.jpg --out /tmp/made-up.csv --seed 7',
			'write another one elsewhere',
		],
	],
	flags: {
		out: {
			type: 'string',
			value: 'CSV',
			description: "The file to write, if not the image's name with .csv",
		},
		pointsPerPixel: {
			type: 'number',
			value: 'N',
			default: 250,
			description:
				'Points drawn for each pixel; those that coincide count once',
		},
		seed: {
			type: 'number',
			value: 'N',
			default: 0,
			description: 'The same seed gives the same file',
		},
		force: {type: 'boolean', description: 'Replace the CSV if it exists'},
	},
	async run(input, {out, pointsPerPixel, seed, force}, {stdout, stderr}) {
		const [image, extra] = input;
		if (image === undefined) {
			throw new UsageError(
				'No image is named; write gradcam-tui augment IMAGE',
			);
		}

		if (extra !== undefined) {
			throw new UsageError(
				`Too many arguments: "${extra}" comes after IMAGE; name the CSV with --out`,
			);
		}

		checkInteger('points-per-pixel', pointsPerPixel, 1, maxPointsPerPixel);
		checkInteger('seed', seed, 0);

		const {readImageSize} = await import('../data/image.js');
		const {writeSyntheticCsv} = await import('../data/augment.js');
		const {bytes, counted, createProgressLine, duration} =
			await import('../terminal/progress-line.js');
		const file = out ?? defaultOut(image);
		if (path.resolve(file) === path.resolve(image)) {
			throw new UsageError(
				`The CSV would replace the image "${image}"; name another file with --out`,
			);
		}

		const name = stripControl(path.basename(file));
		const pixels = counted('pixels', 'pixel');
		const line = createProgressLine(stderr, `Synthetic ${name}`, pixels);

		const exitCode = await untilInterrupted(async (signal) => {
			try {
				const written = await writeSyntheticCsv({
					path: file,
					...(await readImageSize(image)),
					pointsPerPixel,
					seed,
					force,
					signal,
					onProgress: line.update,
				});
				line.clear();
				stdout.write(
					`Wrote ${name}: ${bytes(written.bytes)} of synthetic points for ${pixels(written.total)} in ${duration(written.seconds)}.\n`,
				);
			} finally {
				line.clear();
			}
		});
		if (exitCode !== undefined) {
			stderr.write(`Stopped; ${name} was not written.\n`);
		}

		return exitCode;
	},
});
