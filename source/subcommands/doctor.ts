import {subcommand} from './subcommand.js';

export const doctor = subcommand({
	usage: '',
	description:
		'Tell what works on this machine: runtimes and why one cannot be used, what the terminal can do, versions, and where caches are.',
	examples: [
		['', 'a report to read'],
		['--json', 'the same as one JSON object'],
	],
	flags: {
		json: {type: 'boolean', description: 'Print one JSON object'},
	},
	async run(_input, {json}, io) {
		const {examine} = await import('./doctor/examine.js');
		const {renderReport} = await import('./doctor/report.js');
		const report = await examine(io);
		io.stdout.write(
			`${json ? JSON.stringify(report, undefined, '\t') : renderReport(report)}\n`,
		);
	},
});
