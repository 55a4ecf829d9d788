import path from 'node:path';
import type {OnPass} from '../../compute/explain.js';
import type {LoadedModel} from '../../compute/model/load-model.js';
import {makeFolder, removeEmptyFolders} from '../../data/output-file.js';
import {stripControl} from '../../text.js';
import {untilInterrupted} from '../command-line/until-interrupted.js';
import {writeFigure} from '../model/write-map.js';
import {contactSheet, sheetName} from './figure/contact-sheet.js';
import {inOrder} from './in-order.js';
import type {Job, Settings} from './job.js';
import {planRun} from './plan-run.js';
import {type FolderRecord, openRecord} from './record.js';
import {figuresOf} from './report.js';
import {createReporter, type Reporter, type ReportOptions} from './reporter.js';
import {type Outcome, runHere, runOnWorkers, workerCount} from './run-jobs.js';

/** Milliseconds between two writes of the manifest. */
const saveInterval = 1000;

/** Reports what an earlier run has finished, and need not be done again. */
const tellFinished = async (
	finished: Awaited<ReturnType<typeof planRun>>['finished'],
	{note, tell}: Reporter,
): Promise<void> => {
	if (finished.length > 0) {
		note(
			`${finished.length === 1 ? 'One image is' : `${finished.length} images are`} explained already, with the same settings; --force does it again`,
		);
	}

	for (const {job, files} of finished) {
		// eslint-disable-next-line no-await-in-loop -- in order
		await tell(job, files);
	}
};

/** Explains images, on as many workers as fit. */
const startJobs = (
	model: LoadedModel,
	settings: Settings,
	jobs: readonly Job[],
	{signal, onPass}: {readonly signal: AbortSignal; readonly onPass: OnPass},
): AsyncGenerator<Outcome, void, void> => {
	const size =
		jobs.length > 1
			? workerCount(
					model.network(model.inputSize().size),
					jobs.length,
					model.runtime,
				)
			: 1;
	return size > 1
		? runOnWorkers(settings, jobs, {size, signal})
		: runHere(model, settings, jobs, {signal, onPass});
};

/** Records what is made, writing it down every second, and passes each outcome on. */
const recordAll = async (
	outcomes: AsyncIterable<Outcome>,
	record: FolderRecord,
	give: (outcome: Outcome) => Promise<void>,
): Promise<void> => {
	let saved = performance.now();
	for await (const outcome of outcomes) {
		if ('explained' in outcome) {
			record.add(outcome.explained.files);
		}

		if (performance.now() - saved > saveInterval) {
			await record.save();
			saved = performance.now();
		}

		await give(outcome);
	}
};

/** Puts the figures of all images in one more picture. */
const writeSheet = async (
	{told}: Reporter,
	{folder, model, modelSha256}: Settings,
	runtime: string,
	record: FolderRecord,
): Promise<string> => {
	const file = path.join(folder, sheetName);
	record.add([
		{
			kind: 'sheet',
			file: sheetName,
			inputs: [...new Set(told.map(({input}) => input))],
			model,
			modelSha256,
			runtime,
		},
	]);
	// First, so that a sheet is never taken for somebody else's.
	await record.save();
	await writeFigure(file, await contactSheet(figuresOf(told, folder)));
	return file;
};

/** Names that a line has room for. */
const longestList = 5;

/** "a.jpg, b.jpg and 3 more" */
const listed = (names: readonly string[]): string => {
	const more = names.length - longestList;
	const shown = names.slice(0, longestList).join(', ');
	return more > 0 ? `${shown} and ${more} more` : shown;
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
	options: ReportOptions,
): Promise<number> => {
	const {folder} = settings;
	const record = await openRecord(folder);
	const {jobs, finished} = await planRun(inputs, settings, model, record);
	const made = makeFolder(folder);
	const isOnly = inputs.length === 1;
	const reporter = createReporter(inputs.length, folder, options);
	const {note, tell} = reporter;
	note(`${model.runtime.description}: ${model.runtimeReason}`);
	await tellFinished(finished, reporter);

	const failed: string[] = [];
	const give = inOrder<Outcome>(jobs, async (outcome) => {
		if ('error' in outcome) {
			if (isOnly) {
				throw outcome.error;
			}

			failed.push(outcome.job.input);
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
	let done = 0;
	const update = (amount: number, total: number) => {
		const seconds = (performance.now() - start) / 1000;
		reporter.update({done: amount, total, seconds});
	};

	const exitCode = await untilInterrupted(async (signal) => {
		// Before workers come to their end, which a second Ctrl-C may not wait for.
		signal.addEventListener('abort', () => {
			record.save().catch(() => undefined);
		});
		const onPass = (passes: number, total: number) => {
			signal.throwIfAborted();
			if (isOnly) {
				update(passes, total);
			}
		};

		try {
			await recordAll(
				startJobs(model, settings, jobs, {signal, onPass}),
				record,
				async (outcome) => {
					done++;
					await give(outcome);
					if (!isOnly) {
						update(done, jobs.length);
					}
				},
			);
		} finally {
			reporter.clear();
			await record.close();
			removeEmptyFolders(made);
		}
	});
	if (exitCode !== undefined) {
		note('Stopped; the same command goes on from here.');
	} else if (settings.withSheet && reporter.told.length > 0) {
		const {name} = model.runtime;
		const file = await writeSheet(reporter, settings, name, record);
		if (!options.isJson) {
			options.io.stdout.write(`${stripControl(`contact sheet → ${file}`)}\n`);
		}
	}

	if (failed.length > 0) {
		note(
			failed.length === inputs.length
				? 'None of the images could be explained'
				: `${failed.length} of ${inputs.length} images could not be explained: ${listed(failed)}; the others are done`,
		);
	}

	return exitCode ?? (failed.length > 0 ? 1 : 0);
};
