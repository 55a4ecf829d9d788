import path from 'node:path';
import {stripControl} from '../../text.js';
import {percent} from './figure/explain-figure.js';
import type {Job} from './job.js';
import type {RecordedFile, RecordedMap, RecordedTarget} from './record.js';

/** A map with the files that show it. */
type ReportedMap = RecordedMap & {
	readonly picture: string | null;
	readonly npy: string | null;
};

/** The maps of an image, each with its files, as paths that open from the current folder. */
const mapsOf = (
	files: readonly RecordedFile[],
	folder: string,
): readonly ReportedMap[] => {
	const maps = new Map<string, ReportedMap>();
	for (const entry of files) {
		if (entry.kind === 'figure') {
			continue;
		}

		const {layer, method, target} = entry;
		const key = JSON.stringify([layer, method, target.class]);
		const file = path.join(folder, entry.file);
		maps.set(key, {
			...entry,
			picture: null,
			npy: null,
			...maps.get(key),
			[entry.kind === 'overlay' ? 'picture' : 'npy']: file,
		});
	}

	return [...maps.values()];
};

/** Figures among files, as paths that open from the current folder. */
export const figuresOf = (
	files: readonly RecordedFile[],
	folder: string,
): readonly string[] =>
	files
		.filter(({kind}) => kind === 'figure')
		.map(({file}) => path.join(folder, file));

/** The JSON line of a map, in this order. */
const reported = [
	'input',
	'model',
	'runtime',
	'layer',
	'method',
	'target',
	'class',
	'label',
	'x',
	'y',
	'logit',
	'shape',
	'min',
	'max',
	'ms',
	'file',
	'npy',
];

/** An image's result for scripts: one line of JSON for each map. */
export const jsonLines = (
	files: readonly RecordedFile[],
	folder: string,
): string =>
	mapsOf(files, folder)
		.map((map) => `${JSON.stringify({...map, file: map.picture}, reported)}\n`)
		.join('');

const nameOf = ({class: id, label}: RecordedTarget) =>
	label === null ? `class ${id}` : `class ${id} (${label})`;

const describeTarget = (target: RecordedTarget) => {
	const {x, y, logit, probability} = target;
	const place = x === null ? '' : ` at ${x},${y}`;
	return `${nameOf(target)}${place}, logit ${logit.toPrecision(4)}, ${percent(probability)}`;
};

/** The explained classes, each once. */
const targetsOf = (
	files: readonly RecordedFile[],
): readonly RecordedTarget[] => {
	const targets = files.flatMap((file) =>
		file.kind === 'figure' ? file.targets : file.target,
	);
	return [...new Map(targets.map((target) => [target.class, target])).values()];
};

/** The result of a single image as text: one line for each class, then one for each map. */
export const describeOne = (
	files: readonly RecordedFile[],
	folder: string,
): string => {
	const maps = mapsOf(files, folder);
	const targets = targetsOf(files);
	const lines = targets.map(
		(target) => `${files[0].input}: ${describeTarget(target)}`,
	);
	for (const {layer, method, target, shape, min, max, ms, ...map} of maps) {
		const written = [map.picture, map.npy].filter((file) => file !== null);
		const which = targets.length > 1 ? ` for ${nameOf(target)}` : '';
		lines.push(
			`${method} at ${layer}${which}: ${shape.join('x')}, ${min.toPrecision(4)} to ${max.toPrecision(4)}, ${ms.toFixed(1)} ms → ${written.join(', ')}`,
		);
	}

	lines.push(...figuresOf(files, folder).map((file) => `figure → ${file}`));
	return lines.map((line) => `${stripControl(line)}\n`).join('');
};

/** The result of one image among many, as text. */
export const describeOfMany = (
	{input, index}: Job,
	total: number,
	files: readonly RecordedFile[],
	folder: string,
): string => {
	const classes = targetsOf(files)
		.map(
			({class: id, label, probability}) =>
				`${label ?? `class ${id}`} ${percent(probability)}`,
		)
		.join(', ');
	const figures = figuresOf(files, folder);
	const written =
		figures.length > 0
			? figures.join(', ')
			: files.length === 1
				? path.join(folder, files[0].file)
				: `${files.length} files in ${folder}`;
	return `${stripControl(`[${index}/${total}] ${input}: ${classes} → ${written}`)}\n`;
};
