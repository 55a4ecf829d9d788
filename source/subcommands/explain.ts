import path from 'node:path';
import {UsageError} from '../errors.js';
import type {ExplainedMap, ExplainedTarget} from '../compute/explain.js';
import {stripControl} from '../text.js';
import {manifestFlags, manifestOf} from './model/flags.js';
import {subcommand} from './subcommand.js';

const pixelPattern = /^(?<x>\d{1,6}),(?<y>\d{1,6})$/v;

const parsePixel = (text: string | undefined) => {
	if (text === undefined) {
		return undefined;
	}

	const groups = pixelPattern.exec(text)?.groups;
	if (!groups) {
		throw new UsageError(
			`--pixel "${text}" is no pixel; write X,Y, as in 120,45`,
		);
	}

	return {x: Number(groups.x), y: Number(groups.y)};
};

/** A text as a part of a file's name. */
const slug = (text: string) =>
	text.replaceAll(/[^\p{L}\p{N}]+/gv, '-').replaceAll(/^-|-$/gv, '');

/** What tells the files of one map from those of another. */
const nameOf = (
	input: string,
	{layer, method, target}: ExplainedMap,
): string => {
	const place = target.x === null ? [] : [`${target.x}-${target.y}`];
	return [
		path.parse(input).name,
		...place,
		`class${target.class}`,
		slug(layer),
		slug(method),
	].join('_');
};

const describeTarget = ({class: id, label, x, y, logit}: ExplainedTarget) => {
	const name = label === null ? `class ${id}` : `class ${id} (${label})`;
	const place = x === null ? '' : ` at ${x},${y}`;
	return `${name}${place}, logit ${logit.toPrecision(4)}`;
};

export const explain = subcommand({
	usage: 'INPUT --model MODEL [--pixel X,Y]',
	description:
		'Explain why a network sees a class at a pixel: writes the heatmap over the picture as PNG. INPUT is an image, or a .npy tensor [1, C, H, W] that is fed as it is. A classifier is explained without --pixel.',
	examples: [
		['street.jpg --model deeplab.onnx --pixel 120,80', 'the predicted class'],
		[
			'street.jpg --model deeplab.onnx --palette voc --pixel 120,80 --class car --method hirescam --method layercam',
			'why a car, by two methods',
		],
		['sign.png --model signs.onnx --npy --json', 'a classifier, for a script'],
	],
	flags: {
		model: {type: 'string', value: 'MODEL', description: 'An ONNX file'},
		pixel: {
			type: 'string',
			value: 'X,Y',
			description: 'The pixel of INPUT that is explained',
		},
		class: {
			type: 'string',
			value: 'ID|NAME',
			description: "The class that is explained, if not the pixel's own",
		},
		layer: {
			type: 'string',
			value: 'NAME',
			isMultiple: true,
			description: 'A layer as the command "layers" lists it',
		},
		method: {
			type: 'string',
			value: 'NAME',
			isMultiple: true,
			description:
				'grad-cam (the default), grad-cam++, xgrad-cam, hirescam or layercam',
		},
		runtime: {
			type: 'string',
			value: 'NAME',
			choices: ['auto', 'onnxruntime', 'tfjs-node-gpu', 'tfjs-node', 'wasm'],
			default: 'auto',
			description: 'What computes; auto takes the fastest that works',
		},
		out: {
			type: 'string',
			value: 'DIR',
			description: 'Where files are written, if not the current folder',
		},
		npy: {
			type: 'boolean',
			description:
				"Also write each map, unnormalised and at the layer's resolution, as .npy",
		},
		json: {
			type: 'boolean',
			description: 'Print one JSON object a line for each map',
		},
		...manifestFlags,
	},
	async run(inputs, flags, io) {
		const [input] = inputs;
		if (input === undefined || inputs.length > 1) {
			throw new UsageError(
				input === undefined
					? 'No input is given; write gradcam-tui explain INPUT --model MODEL --pixel X,Y'
					: `Too many arguments: "${inputs[1]}" comes after INPUT; name one image`,
			);
		}

		if (flags.model === undefined) {
			throw new UsageError(
				'No model is given; name one with --model MODEL (an ONNX file)',
			);
		}

		const pixel = parsePixel(flags.pixel);
		const {loadModel} = await import('../compute/load-model.js');
		const {explain: explainInput} = await import('../compute/explain.js');
		const {writeMap} = await import('./model/write-map.js');
		const model = await loadModel(flags.model, {
			...(await manifestOf(flags)),
			runtime: flags.runtime,
		});
		try {
			const maps = await explainInput(model, input, {
				pixel,
				class: flags.class,
				layers: flags.layer,
				methods: flags.method,
			});
			const [{input: prepared, target}] = maps;
			const notes = [
				...model.notes,
				...prepared.guesses,
				`${model.runtime.description}: ${model.runtimeReason}`,
			];
			for (const note of notes) {
				io.stderr.write(`${stripControl(note)}\n`);
			}

			if (!flags.json) {
				io.stdout.write(`${stripControl(input)}: ${describeTarget(target)}\n`);
			}

			for (const map of maps) {
				// eslint-disable-next-line no-await-in-loop -- in the order that was asked for
				const {file, npy} = await writeMap(map, {
					folder: flags.out ?? '.',
					name: nameOf(input, map),
					withNpy: flags.npy,
				});
				const {layer, method, width, height, min, max, ms} = map;
				if (max === 0) {
					io.stderr.write(
						`The map of ${method} at ${stripControl(layer)} is zero everywhere: nothing there speaks for the class\n`,
					);
				}

				io.stdout.write(
					flags.json
						? `${JSON.stringify({
								input,
								model: flags.model,
								runtime: model.runtime.name,
								layer,
								method,
								target,
								shape: [height, width],
								min,
								max,
								ms,
								file,
								npy,
							})}\n`
						: `${method} at ${stripControl(layer)}: ${height}x${width}, ${min.toPrecision(4)} to ${max.toPrecision(4)}, ${ms.toFixed(1)} ms → ${[file, npy].filter(Boolean).join(', ')}\n`,
				);
			}
		} finally {
			await model.dispose();
		}
	},
});
