import {UsageError} from '../errors.js';
import {subcommand} from './command-line/subcommand.js';
import {untilInterrupted} from './command-line/until-interrupted.js';

/** `gradcam-tui setup`: builds tfjs-node against the machine's own TensorFlow. */
export const setup = subcommand({
	usage: 'tensorflow',
	description:
		'Compute with the TensorFlow of your Python, on its GPU if it sees one. Builds the addon of @tensorflow/tfjs-node against its libraries. Nothing is downloaded.',
	examples: [
		['tensorflow', 'for --runtime tfjs-node, with the TensorFlow of python3'],
		['tensorflow --gpu', 'for --runtime tfjs-node-gpu, which auto prefers'],
		[
			'tensorflow --python ~/venv/bin/python',
			'with the TensorFlow of another Python',
		],
	],
	flags: {
		python: {
			type: 'string',
			value: 'PYTHON',
			description:
				'The Python that has TensorFlow, if not python3; used only to find it',
		},
		from: {
			type: 'string',
			value: 'DIR',
			description:
				'The folder with libtensorflow_cc.so.2 and include/, instead of asking a Python',
		},
		gpu: {
			type: 'boolean',
			description: 'Build for @tensorflow/tfjs-node-gpu',
		},
	},
	async run(input, {python, from, gpu}, {stdout, stderr}) {
		const [what, extra] = input;
		if (what !== 'tensorflow' || extra !== undefined) {
			throw new UsageError(
				what === undefined
					? 'Nothing to set up is named; write gradcam-tui setup tensorflow'
					: `"${extra ?? what}" cannot be set up; write gradcam-tui setup tensorflow`,
			);
		}

		if (python !== undefined && from !== undefined) {
			throw new UsageError(
				`--python "${python}" and --from "${from}" both say which TensorFlow; leave one out`,
			);
		}

		const {setupTensorflow} = await import('./setup/tensorflow.js');
		const exitCode = await untilInterrupted(async (signal) => {
			await setupTensorflow({
				name: gpu ? 'tfjs-node-gpu' : 'tfjs-node',
				python,
				from,
				signal,
				say(line) {
					stdout.write(`${line}\n`);
				},
			});
		});
		if (exitCode !== undefined) {
			stderr.write('Stopped; nothing was changed.\n');
		}

		return exitCode;
	},
});
