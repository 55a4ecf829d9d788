import {existsSync} from 'node:fs';
import {performance} from 'node:perf_hooks';
import type {Goal} from '../compute/maximize/objective.js';
import type {LoadedModel, Network} from '../compute/load-model.js';
import {UsageError} from '../errors.js';
import {stripControl} from '../text.js';
import {
	manifestFlags,
	manifestOf,
	modelFlags,
	questionFlags,
	requireModel,
} from './model/flags.js';
import {subcommand} from './subcommand.js';
import {untilInterrupted} from './until-interrupted.js';

/** What is asked for on the command line. */
type Wish = {
	readonly class: string | undefined;
	readonly layer: string | undefined;
	readonly channel: number | undefined;
};

/** @throws {UsageError} When it is neither a class nor a channel of a layer, or both. */
const checkWish = ({class: name, layer, channel}: Wish) => {
	const isChannel = layer !== undefined || channel !== undefined;
	if ((name === undefined) === !isChannel) {
		throw new UsageError(
			name === undefined
				? 'Nothing is asked for; name a class with --class, or a channel with --layer and --channel'
				: 'Both a class and a channel are asked for; name one of them, --class or --layer with --channel',
		);
	}

	if (isChannel && (layer === undefined || channel === undefined)) {
		throw new UsageError(
			layer === undefined
				? `--channel ${channel} belongs to no layer; name one with --layer`
				: `No channel of the layer "${layer}" is named; choose one with --channel`,
		);
	}
};

const isCount = (value: number | undefined, least: number) =>
	value === undefined || (Number.isSafeInteger(value) && value >= least);

/** @throws {UsageError} When a number is none that counts. */
const checkNumbers = (numbers: {
	readonly steps: number;
	readonly seed: number;
	readonly channel: number | undefined;
}) => {
	const least = {steps: 1, seed: 0, channel: 0} as const;
	for (const name of ['steps', 'seed', 'channel'] as const) {
		if (!isCount(numbers[name], least[name])) {
			throw new UsageError(
				`--${name} ${numbers[name]} is not possible; use a whole number from ${least[name]} on`,
			);
		}
	}
};

const findGoal = async (
	model: LoadedModel,
	network: Network,
	wish: Wish,
): Promise<Goal> => {
	const {findClass, findLayer} = await import('../compute/explain.js');
	if (wish.class !== undefined) {
		const count = network.logits.shape[1];
		return {
			kind: 'class',
			class: findClass(wish.class, count, model.labels),
		};
	}

	const layer = findLayer(network, wish.layer!);
	const channels = network.graph.values.get(layer)!.shape[1];
	if (wish.channel! >= channels) {
		throw new UsageError(
			`The layer "${layer}" has no channel ${wish.channel}; use 0 to ${channels - 1}`,
		);
	}

	return {kind: 'channel', layer, channel: wish.channel!};
};

const slug = (text: string) =>
	text.replaceAll(/[^\p{L}\p{N}]+/gv, '-').replaceAll(/^-|-$/gv, '');

/** The files that are written, which must not be there. */
const chooseFiles = (
	goal: Goal,
	out: string | undefined,
	force: boolean,
): {file: string; curveFile: string} => {
	const name =
		goal.kind === 'class'
			? `maximize_class${goal.class}`
			: `maximize_${slug(goal.layer)}_channel${goal.channel}`;
	const file = out ?? `${name}.png`;
	if (!file.toLowerCase().endsWith('.png')) {
		throw new UsageError(
			`--out "${file}" is no PNG file; give it a name that ends in .png`,
		);
	}

	const curveFile = `${file.slice(0, -4)}.json`;
	const taken = [file, curveFile].find((each) => existsSync(each));
	if (taken !== undefined && !force) {
		throw new UsageError(
			`"${taken}" is there already; choose another name with --out, or write over it with --force`,
		);
	}

	return {file, curveFile};
};

export const maximize = subcommand({
	usage: '--model MODEL (--class ID|NAME | --layer NAME --channel K)',
	description:
		'Seek a picture that a class or a channel responds to most: writes it as PNG, and beside it as JSON how the response grew. Of a segmentation network it is the mean over all pixels, of a channel the mean over its cells. Stops early once the class has a probability of 0.995.',
	examples: [
		['--model signs.onnx --class stop', 'what the network takes for stop'],
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
			description: 'The class that the picture shall show',
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
			description: 'Steps at most',
		},
		seed: {
			type: 'number',
			value: 'S',
			default: 1,
			description: 'Decides the first picture and how it is moved',
		},
		out: {
			type: 'string',
			value: 'FILE',
			description:
				'The PNG file to write, if not named after what is asked for',
		},
		force: {type: 'boolean', description: 'Replace files that exist'},
		json: {type: 'boolean', description: 'Print one JSON object at the end'},
		...manifestFlags,
	},
	async run(input, flags, {stdout, stderr}) {
		if (input.length > 0) {
			throw new UsageError(
				`"${input[0]}" is not needed: the picture is sought from nothing; name the model with --model`,
			);
		}

		const file = requireModel(flags.model);
		checkWish(flags);
		checkNumbers(flags);
		const {loadModel} = await import('../compute/load-model.js');
		const {decideInputSize} = await import('../compute/input-format.js');
		const {createObjective} = await import('../compute/maximize/objective.js');
		const {maximize: seek} = await import('../compute/maximize/maximize.js');
		const {writeMaximized} = await import('./model/write-maximized.js');
		const {counted, createProgressLine} =
			await import('../terminal/progress-line.js');
		const model = await loadModel(file, {
			...(await manifestOf(flags)),
			runtime: flags.runtime,
		});
		const line = createProgressLine(stderr, 'Seeking', counted('steps'));
		try {
			const {channels} = model.format;
			if (channels !== 1 && channels !== 3) {
				throw new UsageError(
					`The model takes ${channels} channels, which make no picture; use one that takes 1 or 3`,
				);
			}

			const {size} = decideInputSize(model.format, model.manifest);
			const network = model.network(size);
			const goal = await findGoal(model, network, flags);
			const files = chooseFiles(goal, flags.out, flags.force);
			return await untilInterrupted(async (signal) => {
				const objective = await createObjective(model, network, goal);
				const start = performance.now();
				const found = await seek(objective, {
					...flags,
					signal,
					onStep({step}) {
						const seconds = (performance.now() - start) / 1000;
						line.update({done: step, total: flags.steps, seconds});
					},
				});
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
		} finally {
			line.clear();
			await model.dispose();
		}
	},
});

/** What was asked for, in words and for scripts. */
const describeGoal = (goal: Goal, {labels}: LoadedModel) => {
	if (goal.kind === 'channel') {
		const {layer, channel} = goal;
		return {layer, channel, label: `channel ${channel} of ${layer}`};
	}

	const name = labels?.[goal.class] ?? null;
	return {
		class: goal.class,
		name,
		label: `class ${goal.class}${name === null ? '' : ` (${name})`}`,
	};
};
