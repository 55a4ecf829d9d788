import {existsSync} from 'node:fs';
import path from 'node:path';
import {findMethod} from '../../cam/find-method.js';
import {
	explain,
	type ExplainedMap,
	type OnPass,
} from '../../compute/explain.js';
import {finishMap, type FinishedMap} from '../../compute/finish-map.js';
import type {LoadedModel} from '../../compute/model/load-model.js';
import type {OverlayOptions} from '../../compute/overlay.js';
import type {NpyArray} from '../../data/npy.js';
import {UsageError} from '../../errors.js';
import {stripControl} from '../../text.js';
import {writeFigure, writeMap, writeNumbers} from '../model/write-map.js';
import {figureOf} from './figure/explain-figure.js';
import type {Explained, Job, Settings} from './job.js';
import {fillTemplate} from './name-template.js';
import {notePending} from './pending.js';
import type {RecordedFile, RecordedTarget} from './record.js';

const overlayOptions = ({
	colors,
	opacity,
	finish: {normalize, resize},
}: Settings): OverlayOptions => ({
	colors,
	opacity,
	normalisation: normalize,
	interpolate: resize === undefined || resize === 'bilinear',
});

const nameOf = (
	template: string,
	{input, index}: Job,
	{layer, method, target}: ExplainedMap,
) =>
	fillTemplate(template, {
		class: String(target.class),
		image: path.parse(input).name,
		index: String(index),
		label: target.label ?? `class ${target.class}`,
		layer,
		method,
		x: String(target.x ?? 'all'),
		y: String(target.y ?? 'all'),
	});

const recordTarget = ({
	target,
	probability,
	isWorst,
}: ExplainedMap): RecordedTarget => ({...target, probability, isWorst});

/** A file to write, and its entry in the manifest. */
type Draft = {
	readonly entry: RecordedFile;
	readonly write: (file: string) => Promise<void>;
};

/** The contents of a `.npy` file. For methods that attribute to the input: the signed values, unless `--normalize` asks for a map. */
const numbersOf = (
	{attribution, input}: ExplainedMap,
	{map, width, height}: FinishedMap,
	{finish: {normalize = 'none'}}: Settings,
): NpyArray => {
	if (!attribution || normalize !== 'none') {
		return {shape: [height, width], data: map};
	}

	const {size} = input;
	const channels = attribution.length / (size.height * size.width);
	return {shape: [channels, size.height, size.width], data: attribution};
};

const draftSingles = (
	map: ExplainedMap,
	origin: Omit<
		RecordedFile,
		'file' | 'kind' | 'layers' | 'methods' | 'targets'
	>,
	{settings, name}: {readonly settings: Settings; readonly name: string},
): readonly Draft[] => {
	const {layer, method, ms} = map;
	const finished = finishMap(map, settings.finish);
	const entry = {
		...origin,
		layer,
		method,
		target: recordTarget(map),
		shape: [finished.height, finished.width],
		min: finished.min,
		max: finished.max,
		ms,
	};
	const drafts: Draft[] = [];
	if (settings.withSingle) {
		drafts.push({
			entry: {...entry, kind: 'overlay', file: `${name}.png`},
			write: async (file) => writeMap(file, map, overlayOptions(settings)),
		});
	}

	if (settings.withNpy) {
		const numbers = numbersOf(map, finished, settings);
		drafts.push({
			entry: {
				...entry,
				kind: 'map',
				file: `${name}.npy`,
				shape: numbers.shape,
			},
			write: async (file) => writeNumbers(file, numbers),
		});
	}

	return drafts;
};

/** @throws {UsageError} If a file exists that was made for another question, or two maps have the same name. */
const checkFiles = (
	drafts: readonly Draft[],
	{folder, force}: Settings,
	{input, replaceable}: Job,
) => {
	const names = new Set<string>();
	for (const {
		entry: {file},
	} of drafts) {
		if (names.has(file)) {
			throw new UsageError(
				`Two maps would both be called "${file}"; tell them apart with --name`,
			);
		}

		names.add(file);
		const place = path.join(folder, file);
		if (path.resolve(place) === path.resolve(input)) {
			throw new UsageError(
				`"${place}" would replace the image itself; choose another name with --name, or a folder with --out`,
			);
		}

		if (!force && !replaceable.has(file) && existsSync(place)) {
			throw new UsageError(
				`The file "${place}" already exists; replace it with --force, or choose another folder with --out`,
			);
		}
	}
};

/**
Explains one image and writes its files.

@throws {UsageError} If the image cannot be read, the question does not fit the model, or a file is in the way.
@throws {ModelError} If the model cannot be explained for this image.
*/
export const explainImage = async (
	model: LoadedModel,
	settings: Settings,
	job: Job,
	onPass?: OnPass,
): Promise<Explained> => {
	const {input, index, key} = job;
	const maps = await explain(model, input, settings.question, onPass);
	const origin = {
		input,
		index,
		model: settings.model,
		modelSha256: settings.modelSha256,
		runtime: model.runtime.name,
		key,
	};
	const drafts = maps.flatMap((map) =>
		draftSingles(map, origin, {
			settings,
			name: nameOf(settings.template, job, map),
		}),
	);
	if (settings.withFigure) {
		const targets = new Map(maps.map((map) => [map.target.class, map]));
		drafts.push({
			entry: {
				...origin,
				kind: 'figure',
				file: `${nameOf(settings.figureTemplate, job, maps[0])}.png`,
				layers: [...new Set(maps.map(({layer}) => layer))],
				methods: [...new Set(maps.map(({method}) => method))],
				targets: [...targets.values()].map((map) => recordTarget(map)),
			},
			write: async (file) =>
				writeFigure(
					file,
					await figureOf(maps, {
						...overlayOptions(settings),
						name: stripControl(path.basename(input)),
						methodLabel: (method) => findMethod(method)?.label ?? method,
					}),
				),
		});
	}

	checkFiles(drafts, settings, job);
	await notePending(settings.folder, {
		key,
		files: drafts.map(({entry}) => entry.file),
	});
	for (const {entry, write} of drafts) {
		// eslint-disable-next-line no-await-in-loop -- images, not files, are what is done at the same time
		await write(path.join(settings.folder, entry.file));
	}

	return {
		files: drafts.map(({entry}) => entry),
		notes: [
			...model.notes,
			...maps[0].input.guesses,
			...maps
				.filter(({max}) => max === 0)
				.map(
					({method, layer, target}) =>
						`The map of ${method} at ${layer} for ${target.label ?? `class ${target.class}`} is zero everywhere: nothing there speaks for the class`,
				),
		],
	};
};
