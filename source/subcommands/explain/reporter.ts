import {readFile} from 'node:fs/promises';
import {guessColors} from '../../terminal/color-guess.js';
import {
	counted,
	createProgressLine,
	type ProgressLine,
} from '../../terminal/progress-line.js';
import {stripControl} from '../../text.js';
import type {Io} from '../command-line/subcommand.js';
import type {Job} from './job.js';
import type {RecordedFile} from './record.js';
import {describeOfMany, describeOne, figuresOf, jsonLines} from './report.js';

/** How a run reports. */
export type ReportOptions = {
	readonly isJson: boolean;
	/** Prints figures in the terminal. */
	readonly shows: boolean;
	readonly io: Io;
};

/** Tells the user how a run goes: results on stdout, notes and progress on stderr. */
export type Reporter = ProgressLine & {
	/** Writes a line of text, the first time that it is given. */
	readonly note: (text: string) => void;
	/** Reports the files of an image. */
	readonly tell: (job: Job, files: readonly RecordedFile[]) => Promise<void>;
	/** The files reported so far. */
	readonly told: readonly RecordedFile[];
};

/** Half blocks show nothing without colours. */
const hasColors = ({stdout, env}: Io) =>
	guessColors(env) !== 'none' && (stdout.isTTY || 'FORCE_COLOR' in env);

const printFigures = async (figures: readonly string[], {stdout}: Io) => {
	const {default: terminalImage} = await import('terminal-image');
	for (const file of figures) {
		// eslint-disable-next-line no-await-in-loop -- one below the other
		const bytes = await readFile(file);
		// eslint-disable-next-line no-await-in-loop
		stdout.write(`${await terminalImage.buffer(bytes, {width: '100%'})}\n`);
	}
};

/**
Creates the reporter of a run.

@param total The number of images.
@param folder The folder of all files.
*/
export const createReporter = (
	total: number,
	folder: string,
	{isJson, shows, io}: ReportOptions,
): Reporter => {
	const {stdout, stderr} = io;
	const isOnly = total === 1;
	const line = createProgressLine(
		stderr,
		'Explaining',
		isOnly ? counted('passes', 'pass') : counted('images', 'image'),
	);
	const noted = new Set<string>();
	const note = (text: string): void => {
		if (!noted.has(text)) {
			noted.add(text);
			line.clear();
			stderr.write(`${stripControl(text)}\n`);
		}
	};

	const describe = (job: Job, files: readonly RecordedFile[]): string =>
		isOnly
			? describeOne(files, folder)
			: describeOfMany(job, total, files, folder);

	const told: RecordedFile[] = [];
	return {
		...line,
		note,
		async tell(job, files) {
			told.push(...files);
			line.clear();
			stdout.write(isJson ? jsonLines(files, folder) : describe(job, files));
			if (shows && hasColors(io)) {
				await printFigures(figuresOf(files, folder), io);
			} else if (shows) {
				note(
					'--show prints nothing where there are no colours; see the figures',
				);
			}
		},
		told,
	};
};
