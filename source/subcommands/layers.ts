import {UsageError} from '../errors.js';
import {stripControl} from '../text.js';
import {findModel} from './model/find-model.js';
import {manifestOf, networkFlags} from './model/flags.js';
import {subcommand} from './command-line/subcommand.js';

/** `gradcam-tui layers`: lists the layers that can be explained. */
export const layers = subcommand({
	usage: 'MODEL',
	description:
		'List every layer of a model that can be explained, in order, with * at the default.',
	examples: [
		['deeplab.onnx', 'list its layers'],
		['deeplab.onnx --input-size 384x640 --json', 'one JSON object per line'],
	],
	flags: {
		json: {
			type: 'boolean',
			description: 'Print one JSON object per line for each layer',
		},
		...networkFlags,
	},
	async run(input, flags, io) {
		const [file] = input;
		if (file === undefined || input.length > 1) {
			throw new UsageError(
				file === undefined
					? 'No model is given; write gradcam-tui layers MODEL'
					: `Too many arguments: "${input[1]}" comes after MODEL; name one model`,
			);
		}

		const {openModel} = await import('../compute/model/load-model.js');
		const model = await openModel(findModel(file), await manifestOf(flags));
		const {size} = model.inputSize();
		const network = model.network(size);
		if (flags.json) {
			for (const {name, opType, shape} of network.layers) {
				const isDefault = name === network.defaultLayer;
				io.stdout.write(
					`${JSON.stringify({name, operator: opType, shape, default: isDefault})}\n`,
				);
			}

			return;
		}

		const rows = network.layers.map(({name, opType, shape}) => [
			name === network.defaultLayer ? '*' : ' ',
			stripControl(name),
			opType,
			shape.join('×'),
		]);
		const widths = rows[0].map((_, at) =>
			Math.max(...rows.map((row) => row[at].length)),
		);
		for (const row of rows) {
			io.stdout.write(
				`${row
					.map((cell, at) => cell.padEnd(widths[at]))
					.join('  ')
					.trimEnd()}\n`,
			);
		}

		io.stderr.write(
			`${rows.length} layers for an input of ${size.height}x${size.width} (height x width) pixels; * is the default\n`,
		);
	},
});
