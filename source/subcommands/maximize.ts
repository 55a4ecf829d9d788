import path from 'node:path';
import {performance} from 'node:perf_hooks';
import type {Maximized} from '../compute/maximize/maximize.js';
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

/** All but `--fit`: there is no image to fit. */
const {fit, ...withoutFit} = manifestFlags;

/** `gradcam-tui maximize`: finds a picture that a class or channel responds to. */
export const maximize = subcommand({
	usage: '--model MODEL (--class ID|NAME | --layer NAME --channel K)',
	description:
		'Find a picture that a class or a channel responds to most. Writes it as PNG, with a JSON file beside it that records how the response grew. For a segmentation network the response is the mean over all pixels, for a channel the mean over its cells. Stops early once the class has a probability of 0.995.',
	examples: [
		[
			'--model signs.onnx --class stop',
			'what a stop sign looks like to the network',
		],
		[
			'--model deeplab.onnx --layer layer3 --channel 17 --steps 200 --out c17.png',
			'what a channel responds to',
		],
	],
	flags: {
		...modelFlags,
		class: {
			type: 'string',
			value: 'ID|NAME',
			description: 'The class to look for',
		},
		layer: questionFlags.layer,
		channel: {
			type: 'number',
			value: 'K',
			description: 'The channel of the layer, from 0',
		},
		steps: {
			type: 'number',
			value: 'N',
			default: 300,
			description: 'Maximum number of steps',
		},
		seed: {
			type: 'number',
			value: 'S',
			default: 1,
			description: 'Random seed for the first picture and its jitter',
		},
		out: {
			type: 'string',
			value: 'FILE',
			description:
				'The PNG file to write, if not named after the class or channel',
		},
		force: {type: 'boolean', description: 'Replace files that exist'},
		json: {type: 'boolean', description: 'Print one JSON object at the end'},
		...withoutFit,
	},
	async run(input, flags, {stdout, stderr}) {
		if (input.length > 0) {
			throw new UsageError(
				`"${input[0]}" is one argument too many, since maximize takes no image; name the model with --model`,
			);
		}

		const file = requireModel(flags.model);
		checkInteger('steps', flags.steps, 1);
		checkInteger('seed', flags.seed, 0);
		checkInteger('channel', flags.channel, 0);
		const {checkWish, describeGoal, findGoal} =
			await import('./maximize/goal.js');
		const {chooseFiles} = await import('./maximize/choose-files.js');
		checkWish(flags);
		const {loadModel} = await import('../compute/model/load-model.js');
		const {createObjective} = await import('../compute/maximize/objective.js');
		const {maximize: seek} = await import('../compute/maximize/maximize.js');
		const {makeFolder} = await import('../data/output-file.js');
		const {writeMaximized} = await import('./maximize/write-maximized.js');
		const {counted, createProgressLine} =
			await import('../terminal/progress-line.js');
		const model = await loadModel(file, {
			...(await manifestOf(flags)),
			runtime: flags.runtime,
		});
		const line = createProgressLine(
			stderr,
			'Seeking',
			counted('steps', 'step'),
		);
		try {
			const {channels} = model.format;
			if (channels !== 1 && channels !== 3) {
				throw new UsageError(
					`The model takes ${channels} channels, which are not a picture; use a model that takes 1 or 3`,
				);
			}

			const {size} = model.inputSize();
			const network = model.network(size);
			const goal = await findGoal(model, network, flags);
			const files = chooseFiles(goal, flags.out, flags.force);
			makeFolder(path.dirname(files.file));
			const exitCode = await untilInterrupted(async (signal) => {
				const objective = await createObjective(model, network, goal);
				const start = performance.now();
				let found: Maximized;
				try {
					found = await seek(objective, {
						...flags,
						signal,
						onStep({step}) {
							const seconds = (performance.now() - start) / 1000;
							line.update({done: step, total: flags.steps, seconds});
						},
					});
				} finally {
					await objective.dispose();
				}

				line.clear();
				const {picture, curve, isSure, score, probability} = found;
				signal.throwIfAborted();
				await writeMaximized(files, {...objective.size, data: picture}, curve);
				const {label, ...target} = describeGoal(goal, model);
				stdout.write(
					flags.json
						? `${JSON.stringify({
								model: flags.model,
								runtime: model.runtime.name,
								target,
								seed: flags.seed,
								steps: curve.length,
								score,
								probability,
								isSure,
								file: files.file,
								curve: files.curveFile,
							})}\n`
						: `${stripControl(label)}: ${score.toPrecision(4)}${probability === undefined ? '' : `, probability ${probability.toFixed(4)}`} after ${curve.length} steps → ${stripControl(files.file)}, ${stripControl(files.curveFile)}\n`,
				);
			});
			if (exitCode !== undefined) {
				stderr.write(`Stopped; ${stripControl(files.file)} was not written.\n`);
			}

			return exitCode;
		} finally {
			line.clear();
			await model.dispose();
		}
	},
});
