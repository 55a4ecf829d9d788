import type {Report} from './examine.js';
import type {RuntimeReport} from './runtimes.js';
import type {TerminalReport} from './terminal.js';

type Row = readonly [label: string, text: string];

const section = (title: string, rows: readonly Row[]): string => {
	const width = Math.max(...rows.map(([label]) => label.length));
	return [
		title,
		...rows.map(([label, text]) => `  ${label.padEnd(width)}  ${text}`),
	].join('\n');
};

const runtimeText = (report: RuntimeReport): string =>
	report.works
		? `${report.description}; self-test passed after ${report.ms} ms`
		: `${report.problem}; ${report.remedy}`;

const colorNames: Readonly<Record<TerminalReport['colors'], string>> = {
	'24bit': '24 bits',
	256: '256',
	none: 'none',
};

const terminalRows = (terminal: TerminalReport): Row[] => {
	const {size, cellSize} = terminal;
	const rows: Row[] = [
		[
			'name',
			terminal.isTerminal
				? terminal.name
				: `${terminal.name} (not asked, since input or output is not a terminal)`,
		],
		['colours', colorNames[terminal.colors]],
	];
	if (size) {
		rows.push(
			['size', `${size.columns}×${size.rows} cells`],
			[
				'cell',
				cellSize ? `${cellSize.width}×${cellSize.height} pixels` : 'unknown',
			],
			['whole frames', terminal.synchronized ? 'yes' : 'no'],
		);
	}

	return rows;
};

/** Writes the report as text. */
export const renderReport = (report: Report): string =>
	[
		section('Versions', [
			...Object.entries(report.versions),
			['platform', report.platform],
		]),
		section(
			'Runtimes, the fastest first',
			report.runtimes.map((runtime) => [
				`${runtime.works ? '✔' : '✘'} ${runtime.name}`,
				runtimeText(runtime),
			]),
		),
		section('--runtime auto', [
			report.auto
				? [report.auto.name, report.auto.reason]
				: ['none', 'no runtime works'],
		]),
		section('Terminal', terminalRows(report.terminal)),
		section('Folders', [['cache', report.cache]]),
	].join('\n\n');
