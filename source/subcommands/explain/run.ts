import {readFile} from 'node:fs/promises';
import path from 'node:path';
import type {LoadedModel} from '../../compute/model/load-model.js';
import {makeFolder, removeEmptyFolders} from '../../data/output-file.js';
import {guessColors} from '../../terminal/color-guess.js';
import {counted, createProgressLine} from '../../terminal/progress-line.js';
import {stripControl} from '../../text.js';
import type {Io} from '../command-line/subcommand.js';
import {untilInterrupted} from '../command-line/until-interrupted.js';
import {writeFigure} from '../model/write-map.js';
import {contactSheet, sheetName} from './figure/contact-sheet.js';
import type {Job, Settings} from './job.js';
import {planRun} from './plan-run.js';
import {openRecord, type RecordedFile} from './record.js';
import {describeOfMany, describeOne, figuresOf, jsonLines} from './report.js';
import {type Outcome, runHere, runOnWorkers, workerCount} from './run-jobs.js';

/** How a run reports. */
export type RunOptions = {
	readonly isJson: boolean;
	/** Prints figures in the terminal. */
	readonly shows: boolean;
	readonly io: Io;
};

/** Milliseconds between two writes of the manifest. */
const saveInterval = 1000;

/** Half blocks show nothing without colours. */
const hasColors = ({stdout, env}: Io) =>
	guessColors(env) !== 'none' && (stdout.isTTY || 'FORCE_COLOR' in env);

const printFigures = async (
	files: readonly RecordedFile[],
	folder: string,
	{stdout}: Io,
) => {
	const {default: terminalImage} = await import('terminal-image');
	for (const file of figuresOf(files, folder)) {
		// eslint-disable-next-line no-await-in-loop -- one below the other
		const bytes = await readFile(file);
		// eslint-disable-next-line no-await-in-loop
		stdout.write(`${await terminalImage.buffer(bytes, {width: '100%'})}\n`);
	}
};

/** Puts results back in the order in which the images were named, whatever order they finish in. */
const inOrder = <Item extends {readonly job: Job}>(
	jobs: readonly Job[],
	give: (item: Item) => Promise<void>,
) => {
	const waiting = new Map<number, Item>();
	let next = 0;
	return async (item: Item) => {
		waiting.set(item.job.index, item);
		for (;;) {
			const index = jobs.at(next)?.index ?? 0;
			const ready = waiting.get(index);
			if (!ready) {
				return;
			}

			waiting.delete(index);
			next++;
			// eslint-disable-next-line no-await-in-loop -- in order
			await give(ready);
		}
	};
};

/**
Explains images and reports each. If one of several fails, that is reported and the others go on.

@returns The exit code.
@throws {UsageError} If the question does not fit the model, a file is in the way, or the only image fails.
*/
export const explainAll = async (
	model: LoadedModel,
	inputs: readonly string[],
	settings: Settings,
	{isJson, shows, io}: RunOptions,
): Promise<number> => {
	const {folder} = settings;
	const {stdout, stderr} = io;
	const record = await openRecord(folder);
	const {jobs, finished} = await planRun(inputs, settings, model, record);
	const made = makeFolder(folder);

	const isOnly = inputs.length === 1;
	const line = createProgressLine(
		stderr,
		'Explaining',
		isOnly ? counted('passes', 'pass') : counted('images', 'image'),
	);
	const said = new Set<string>();
	const note = (text: string) => {
		if (!said.has(text)) {
			said.add(text);
			line.clear();
			stderr.write(`${stripControl(text)}\n`);
		}
	};

	const told: RecordedFile[] = [];
	const tell = async (job: Job, files: readonly RecordedFile[]) => {
		told.push(...files);
		line.clear();
		stdout.write(
			isJson
				? jsonLines(files, folder)
				: isOnly
					? describeOne(files, folder)
					: describeOfMany(job, inputs.length, files, folder),
		);
		if (shows && hasColors(io)) {
			await printFigures(files, folder, io);
		} else if (shows) {
			note('--show prints nothing where there are no colours; see the figures');
		}
	};

	note(`${model.runtime.description}: ${model.runtimeReason}`);
	if (finished.length > 0) {
		note(
			`${finished.length === 1 ? 'One image is' : `${finished.length} images are`} explained already, with the same settings; --force does it again`,
		);
	}

	for (const {job, files} of finished) {
		// eslint-disable-next-line no-await-in-loop -- in order
		await tell(job, files);
	}

	let failures = 0;
	const give = inOrder<Outcome>(jobs, async (outcome) => {
		if ('error' in outcome) {
			if (isOnly) {
				throw outcome.error;
			}

			failures++;
			note(`error: ${outcome.error.message}`);
			return;
		}

		const {files, notes} = outcome.explained;
		for (const text of notes) {
			note(text);
		}

		await tell(outcome.job, files);
	});
	const start = performance.now();
	let saved = start;
	let done = 0;
	const exitCode = await untilInterrupted(async (signal) => {
		const size =
			jobs.length > 1
				? workerCount(
						model.network(model.inputSize().size),
						jobs.length,
						model.runtime,
					)
				: 1;
		const onPass = (passes: number, total: number) => {
			signal.throwIfAborted();
			if (isOnly) {
				const seconds = (performance.now() - start) / 1000;
				line.update({done: passes, total, seconds});
			}
		};

		// Before workers come to their end, which a second Ctrl-C may not wait for.
		signal.addEventListener('abort', () => {
			record.save().catch(() => undefined);
		});
		const outcomes =
			size > 1
				? runOnWorkers(settings, jobs, {size, signal})
				: runHere(model, settings, jobs, {signal, onPass});
		try {
			for await (const outcome of outcomes) {
				done++;
				if ('explained' in outcome) {
					record.add(outcome.explained.files);
				}

				const now = performance.now();
				if (now - saved > saveInterval) {
					await record.save();
					saved = performance.now();
				}

				await give(outcome);
				if (!isOnly) {
					const seconds = (now - start) / 1000;
					line.update({done, total: jobs.length, seconds});
				}
			}
		} finally {
			line.clear();
			await record.close();
			removeEmptyFolders(made);
		}
	});
	if (settings.withSheet && exitCode === undefined && told.length > 0) {
		const file = path.join(folder, sheetName);
		record.add([
			{
				kind: 'sheet',
				file: sheetName,
				inputs: [...new Set(told.map(({input}) => input))],
				model: settings.model,
				modelSha256: settings.modelSha256,
				runtime: model.runtime.name,
			},
		]);
		// First, so that a sheet is never taken for somebody else's.
		await record.save();
		await writeFigure(file, await contactSheet(figuresOf(told, folder)));
		if (!isJson) {
			stdout.write(`${stripControl(`contact sheet → ${file}`)}\n`);
		}
	}

	if (exitCode !== undefined) {
		note('Stopped; the same command goes on from here.');
	}

	if (failures > 0) {
		note(
			failures === inputs.length
				? 'None of the images could be explained'
				: `${failures} of ${inputs.length} images could not be explained; the others are done`,
		);
	}

	return exitCode ?? (failures > 0 ? 1 : 0);
};
