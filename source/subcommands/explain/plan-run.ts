import {existsSync, statSync} from 'node:fs';
import path from 'node:path';
import type {LoadedModel} from '../../compute/model/load-model.js';
import type {Network} from '../../compute/model/network.js';
import {isClassifier} from '../../graph/logits/find-logits.js';
import {findRequestedMaps} from '../../compute/question/requested-maps.js';
import {findClasses} from '../../compute/question/choose-targets.js';
import {hashFile} from '../../data/hash-file.js';
import {UsageError} from '../../errors.js';
import {checkFolder} from './check-folder.js';
import {sheetName} from './figure/contact-sheet.js';
import type {Job, Settings} from './job.js';
import {checkTemplate, type Placeholder} from './name-template.js';
import {type FolderRecord, hashQuestion, type RecordedFile} from './record.js';

/** What is left to do, and what an earlier run has done. */
export type Plan = {
	readonly jobs: readonly Job[];
	readonly finished: ReadonlyArray<{
		readonly job: Job;
		readonly files: readonly RecordedFile[];
	}>;
};

/** Splits words at commas, unless a whole word is the name of a class. */
export const splitClasses = (
	words: readonly string[],
	labels: readonly string[] | undefined,
): readonly string[] => {
	const names = new Set(labels?.map((label) => label.toLowerCase()));
	return words.flatMap((word) =>
		names.has(word.toLowerCase())
			? [word]
			: word
					.split(',')
					.map((part) => part.trim())
					.filter((part) => part !== ''),
	);
};

const segmentationWithoutClass = ({question}: Settings, {logits}: Network) => {
	const {pixel, classes = [], top, worst} = question;
	return (
		!isClassifier(logits.shape) &&
		!pixel &&
		classes.length === 0 &&
		!top &&
		!worst
	);
};

const isRepeated = (names: readonly string[]) =>
	new Set(names).size < names.length;

/** What the network alone tells about all maps. @throws {UsageError} If the question does not fit it. */
const readQuestion = (settings: Settings, model: LoadedModel) => {
	const {question} = settings;
	const {size} = model.inputSize();
	const network = model.network(size);
	const maps = findRequestedMaps(network, question);
	const classes = findClasses(question, network.logits.shape[1], model.labels);
	if (segmentationWithoutClass(settings, network)) {
		throw new UsageError(
			'A segmentation network sees many classes in an image, and none is named; name a pixel with --pixel X,Y, or classes with --class or --top',
		);
	}

	const isChosen = (question.top ?? 0) > 0 || Boolean(question.worst);
	return {
		maps,
		classes: classes.length > 0 && !isChosen ? classes : undefined,
		classCount: classes.length + (question.top ?? 0) + (question.worst ? 1 : 0),
	};
};

const keyOf = async (settings: Settings, input: string, index: number) => {
	const {
		runtime: _runtime,
		folder: _folder,
		withSheet: _sheet,
		force: _force,
		...rest
	} = settings;
	return hashQuestion([rest, input, index, await hashFile(input)]);
};

const createJob = async (
	input: string,
	index: number,
	settings: Settings,
	record: FolderRecord,
): Promise<Job> => {
	const isFile = statSync(input, {throwIfNoEntry: false})?.isFile() ?? false;
	// What cannot be read is told of when it is opened.
	const key = isFile ? await keyOf(settings, input, index) : '';
	return {input, index, key, replaceable: record.filesOf(key)};
};

/** @throws {UsageError} If another file has the name of the contact sheet. */
const checkSheet = ({folder, force}: Settings, {isSheet}: FolderRecord) => {
	const file = path.join(folder, sheetName);
	if (!force && !isSheet(sheetName) && existsSync(file)) {
		throw new UsageError(
			`The file "${file}" already exists; replace it with --force, or choose another folder with --out`,
		);
	}
};

/**
Decides what to do. Images finished by an earlier run are left out, unless everything is to be made again.

@throws {UsageError} If the question does not fit the model, two files would have the same name, or a file is in the way.
*/
export const planRun = async (
	inputs: readonly string[],
	settings: Settings,
	model: LoadedModel,
	record: FolderRecord,
): Promise<Plan> => {
	const {template, figureTemplate, withFigure} = settings;
	const {classCount, ...known} = readQuestion(settings, model);
	const manyImages: readonly Placeholder[] = ['index', 'image'];
	const several = [
		...(inputs.length > 1 ? [manyImages] : []),
		...(known.maps.length > 1 ? [['layer', 'method'] as const] : []),
		...(isRepeated(known.maps.map(({method}) => method))
			? [['layer'] as const]
			: []),
		...(isRepeated(known.maps.map(({layer}) => layer))
			? [['method'] as const]
			: []),
		...(classCount > 1 ? [['class', 'label'] as const] : []),
	];
	checkTemplate(template, several);
	if (withFigure) {
		checkTemplate(figureTemplate, inputs.length > 1 ? [manyImages] : []);
	}

	const finished: Array<Plan['finished'][number]> = [];
	const jobs: Job[] = [];
	for (const [at, input] of inputs.entries()) {
		// eslint-disable-next-line no-await-in-loop -- one file at a time is in memory
		const job = await createJob(input, at + 1, settings, record);
		const files = settings.force ? undefined : record.finishedFiles(job.key);
		if (files?.every(({runtime}) => runtime === model.runtime.name)) {
			finished.push({job, files});
		} else {
			jobs.push(job);
		}
	}

	checkFolder(jobs, settings, known);
	if (settings.withSheet) {
		checkSheet(settings, record);
	}

	return {jobs, finished};
};
