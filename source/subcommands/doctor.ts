import {UsageError} from '../errors.js';
import {subcommand} from './command-line/subcommand.js';

/** `gradcam-tui doctor`: what works on this machine. */
export const doctor = subcommand({
	usage: '',
	description:
		'Show what works on this machine: which runtimes can be used and why others cannot, what the terminal can do, versions, and where caches are.',
	examples: [
		['', 'a readable report'],
		['--json', 'the same as one JSON object'],
	],
	flags: {
		json: {type: 'boolean', description: 'Print one JSON object'},
	},
	async run([extra], {json}, io) {
		if (extra !== undefined) {
			throw new UsageError(
				`Too many arguments: "${extra}" comes after doctor; leave it out`,
			);
		}

		const {examine} = await import('./doctor/examine.js');
		const {renderReport} = await import('./doctor/report.js');
		const report = await examine(io);
		io.stdout.write(
			`${json ? JSON.stringify(report, undefined, '\t') : renderReport(report)}\n`,
		);
	},
});
