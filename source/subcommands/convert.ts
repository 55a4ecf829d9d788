import {existsSync} from 'node:fs';
import path from 'node:path';
import {UsageError} from '../errors.js';
import {stripControl} from '../text.js';
import {findModel} from './model/find-model.js';
import {manifestFlags, manifestOf} from './model/flags.js';
import {subcommand} from './command-line/subcommand.js';

/** `gradcam-tui convert`: writes any supported model as ONNX. */
export const convert = subcommand({
	usage: 'MODEL OUT.onnx',
	description:
		'Write a TensorFlow.js, Keras or ONNX model as ONNX, for one input size, and check that both give the same answers. Inside, channels come first; the input keeps its layout.',
	examples: [
		['web/model.json mobilenet.onnx', 'a TensorFlow.js model'],
		[
			'unet.keras unet.onnx --input-size 256x256',
			'a network that takes any input size',
		],
	],
	flags: {
		inputSize: {
			...manifestFlags.inputSize,
			description: 'Height and width of the input in pixels',
		},
		output: {
			...manifestFlags.output,
			description: 'The only value to output, if not all outputs',
		},
		force: {
			type: 'boolean',
			description: 'Replace the file if it exists',
		},
	},
	async run(input, {inputSize, output, force}, io) {
		const [word, target] = input;
		if (target === undefined || input.length > 2) {
			throw new UsageError(
				target === undefined
					? 'A model and a name for the ONNX file are needed; write gradcam-tui convert MODEL OUT.onnx'
					: `Too many arguments: "${input[2]}" comes after OUT.onnx; name one model and one file`,
			);
		}

		if (!target.endsWith('.onnx')) {
			throw new UsageError(
				`"${target}" does not end in .onnx; choose a name that does`,
			);
		}

		const model = findModel(word);
		if (path.resolve(target) === path.resolve(model)) {
			throw new UsageError(
				`"${target}" is the model itself, which is kept; choose another name`,
			);
		}

		if (existsSync(target) && !force) {
			throw new UsageError(
				`"${target}" already exists; choose another name, or replace it with --force`,
			);
		}

		const {convertModel} = await import('../compute/model/convert.js');
		const {selectRuntime} = await import('../runtimes/select.js');
		const {writeWhole} = await import('../data/output-file.js');
		const manifest = await manifestOf({inputSize, output});
		const {runtime} = await selectRuntime();
		try {
			const converted = await convertModel(model, manifest, runtime);
			await writeWhole(target, converted.bytes, 'ONNX file');
			const value = ({name, shape}: (typeof converted)['input']) =>
				`${stripControl(name)} [${shape.join(', ')}]`;
			for (const note of converted.notes) {
				io.stderr.write(`${stripControl(note)}\n`);
			}

			io.stdout.write(
				`${stripControl(target)}: ${value(converted.input)} → ${converted.outputs.map((each) => value(each)).join(', ')}, ${converted.nodes} nodes, ${(converted.bytes.byteLength / 1e6).toFixed(1)} MB; answers agree within ${converted.difference.toPrecision(1)} on ${runtime.description}\n`,
			);
		} finally {
			await runtime.dispose();
		}
	},
});
